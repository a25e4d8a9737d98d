"""The row of a load: which sequence is done, which is to be finished."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils import timezone

from crm.feed.folder import Folder
from crm.feed.refusals import FeedLoadRefused
from crm.models import FeedLoad


@dataclass(frozen=True)
class Before:
    """What was loaded of this source: this very sequence, if it is done, and a remark if sequences are missing."""

    done: FeedLoad | None = None
    remark: str = ""


def look_back(folder: Folder) -> Before:
    """Compare the folder's sequence with those that are done. :raises FeedLoadRefused: for one that is older."""
    manifest = folder.manifest
    if manifest is None:
        return Before()
    finished = FeedLoad.objects.filter(source=manifest.source, sequence__isnull=False, finished_at__isnull=False)
    last = finished.order_by("-sequence").first()
    if last is None or last.sequence is None:
        return Before()
    if last.sequence == manifest.sequence:
        return Before(done=last)
    if last.sequence > manifest.sequence:
        raise FeedLoadRefused(
            f"Sequence {manifest.sequence} of {manifest.source} is older than {last.sequence}, which is loaded."
            " Nothing was loaded."
        )
    missing = manifest.sequence - last.sequence - 1
    if missing and manifest.kind == "DELTA":
        return Before(remark=f"{missing:,} sequences of {manifest.source} before this DELTA were never loaded.")
    return Before()


def begin(folder: Folder, fingerprint: str) -> FeedLoad:
    """Give the row of this load: a new one, or that of a run which did not come to its end."""
    manifest = folder.manifest
    same = {"sequence": manifest.sequence} if manifest else {"sequence": None, "fingerprint": fingerprint}
    load = FeedLoad.objects.filter(source=folder.source, finished_at=None, **same).first() or FeedLoad(
        source=folder.source
    )
    load.sequence = manifest.sequence if manifest else None
    load.business_date = manifest.business_date if manifest else None
    load.kind = manifest.kind if manifest else "DELTA"
    load.fingerprint, load.started_at = fingerprint, timezone.now()
    load.save()
    return load
