"""The row of a load: which sequence is done, which is to be finished, how it ended."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass

from django.db import Error, OperationalError, connection
from django.utils import timezone

from crm.feed.folder import Folder
from crm.feed.refusals import FeedLoadRefused
from crm.feed.report import Report
from crm.models import FeedLoad

_LONGEST = FeedLoad._meta.get_field("stopped").max_length


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
    load.alive_at, load.progress, load.stopped, load.report = load.started_at, {}, "", {}
    load.save()
    return load


def finish(load: FeedLoad, report: Report) -> None:
    """Write down that the load came to its end."""
    load.finished_at = load.alive_at = timezone.now()
    load.progress, load.report = {}, report.as_json()
    load.save(update_fields=["finished_at", "alive_at", "progress", "report"])


def stop(load: FeedLoad, report: Report, error: BaseException) -> None:
    """Write down why the load ended before its end, and what came of it till then; a lost database leaves it silent."""
    if not connection.is_usable():
        connection.close()
    with suppress(Error):
        load.alive_at, load.stopped, load.report = timezone.now(), _sentence(error)[:_LONGEST], report.as_json()
        load.save(update_fields=["alive_at", "stopped", "report"])


def _sentence(error: BaseException) -> str:
    """Say why, without what a database's message may quote of a row."""
    if isinstance(error, FeedLoadRefused):
        return str(error)
    if isinstance(error, KeyboardInterrupt):
        return "Stopped by its operator."
    if isinstance(error, OperationalError):
        return f"The database broke off: {str(error).strip().partition(chr(10))[0]}"
    return f"{'The database' if isinstance(error, Error) else 'The load'} broke off ({type(error).__name__})."
