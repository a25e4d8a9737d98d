"""The end of the chain, written down outside the database: who cuts the chain there cannot cut it here."""

from __future__ import annotations

import logging
import os
import re
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from finpulse.audit.models import AuditSeal

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Head:
    """The last seal, its mac and the highest event id sealed by then; `last_id` is None where it was not told."""

    sequence: int
    mac: str
    last_id: int | None = None

    def __str__(self) -> str:
        return ":".join(str(part) for part in (self.sequence, self.mac, self.last_id) if part is not None)


def head_of(seal: AuditSeal) -> Head:
    """Give the head that this seal makes."""
    return Head(seal.sequence, seal.mac, seal.last_id)


def parse_head(text: str) -> Head:
    """Read SEQUENCE:MAC or SEQUENCE:MAC:LAST_ID. :raises ValueError: for anything else."""
    found = re.fullmatch(r"([0-9]{1,18}):([0-9a-f]{64})(?::([0-9]{1,19}))?", text.strip())
    if found is None:
        raise ValueError(f"{text.strip()!r} is no head of the trail, as 17:<64 hexadecimal digits>.")
    return Head(int(found[1]), found[2], int(found[3]) if found[3] else None)


def anchored_head() -> Head | None:
    """Give the head in AUDIT_HEAD_FILE; None without a file. :raises ValueError: when the file holds something else."""
    path = settings.AUDIT_HEAD_FILE
    if not path or not Path(path).exists():
        return None
    return parse_head(Path(path).read_text(encoding="utf-8"))


def anchor_head(head: Head, *, events: int) -> None:
    """Put the head into the log and into AUDIT_HEAD_FILE, where one is set; the file is whole at every moment."""
    logger.info("The audit trail is sealed up to %s (%s events)", head, events)
    if settings.AUDIT_HEAD_FILE:
        path = Path(settings.AUDIT_HEAD_FILE)
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = path.with_name(f"{path.name}.{os.getpid()}")
        draft.write_text(f"{head}\n", encoding="utf-8")
        draft.replace(path)
