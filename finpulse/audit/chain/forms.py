"""The canonical forms of an event and of a seal. A form once used is never changed: a new one gets a new number."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Callable
from datetime import datetime
from typing import Any

from finpulse.audit.models import AuditSeal

DIGEST_BYTES = 32
CURRENT_FORM = 1
# The columns that form 1 covers, named here so that a column added later leaves old digests as they are.
COLUMNS = (
    "id, (extract(epoch FROM at) * 1000000)::bigint, actor_id, verb, subject_type, subject_id, reason, detail::text"
)


def _form_1(event: tuple[Any, ...]) -> bytes:
    return hashlib.sha256(b"finpulse audit event 1\n" + json.dumps(event, separators=(",", ":")).encode()).digest()


FORMS: dict[int, Callable[[tuple[Any, ...]], bytes]] = {1: _form_1}


def digest(event: tuple[Any, ...], form: int = CURRENT_FORM) -> bytes:
    """Give the SHA-256 of an event read as `COLUMNS`. :raises KeyError: for a form that this version does not know."""
    return FORMS[form](event)


def mac_of(seal: AuditSeal, key: bytes) -> str:
    """Give the HMAC-SHA256 (hex) over everything that the seal says, the mac before it included."""
    facts = [
        seal.sequence,
        seal.form,
        seal.last_id,
        seal.horizon,
        seal.ceiling,
        seal.ceiling_xmax,
        seal.previous_mac,
        seal.key_id,
        _microseconds(seal.sealed_at),
        seal.event_ids,
    ]
    said = b"finpulse audit seal 1\n" + json.dumps(facts, separators=(",", ":")).encode() + b"\n" + bytes(seal.digests)
    return hmac.new(key, said, hashlib.sha256).hexdigest()


def _microseconds(moment: datetime) -> int:
    return int(moment.timestamp()) * 1_000_000 + moment.microsecond
