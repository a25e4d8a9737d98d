"""Checking the trail against its seals. Reads all of it, and holds one seal with its events at a time."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from typing import Any

from django.db import connection
from psycopg.sql import SQL

from finpulse.audit.chain.forms import COLUMNS, DIGEST_BYTES, FORMS, digest, mac_of
from finpulse.audit.chain.head import Head, head_of
from finpulse.audit.chain.keys import key_of
from finpulse.audit.models import AuditSeal

MOST_NAMED = 20
_EVENTS = SQL("SELECT {} FROM audit_auditevent WHERE id = ANY(%s)").format(SQL(COLUMNS))
_UNKNOWN = """
SELECT id FROM audit_auditevent AS event
WHERE id <= %s AND NOT EXISTS (
    SELECT FROM (SELECT unnest(event_ids) AS id FROM audit_auditseal) AS sealed WHERE sealed.id = event.id
)
ORDER BY id
"""


@dataclass
class Verification:
    """What was found. Each finding was told to `say` as a sentence when it was found."""

    say: Callable[[str], None]
    seals: int = 0
    events: int = 0
    findings: int = 0
    lacks_seals: bool = False
    foreign: list[int] = field(default_factory=list)
    foreign_count: int = 0
    last: AuditSeal | None = None
    macs: dict[int, str] = field(default_factory=dict)

    def find(self, sentence: str) -> None:
        """Tell of something that is wrong."""
        self.findings += 1
        self.say(sentence)


def trail_verify(
    *,
    say: Callable[[str], None],
    heads: list[Head],
    on_progress: Callable[[int], None] = lambda seals: None,
) -> Verification:
    """Check seals and sealed events, then what no seal knows, then the end against the `heads` kept outside."""
    found = Verification(say)
    with _unhurried():
        _check_seals(found, {head.sequence for head in heads}, on_progress)
        _check_unknown(found)
    for head in heads:
        _check_head(found, head)
    return found


@contextmanager
def _unhurried() -> Iterator[None]:
    """Lift the limit that pages have on a statement."""
    with connection.cursor() as cursor:
        cursor.execute("SET statement_timeout = 0")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("RESET statement_timeout")


def _check_seals(found: Verification, wanted: set[int], on_progress: Callable[[int], None]) -> None:
    for seal in AuditSeal.objects.order_by("sequence").iterator(chunk_size=10):
        _check_order(found, seal)
        if _check_mac(found, seal):
            _check_events(found, seal)
        if seal.sequence in wanted:
            found.macs[seal.sequence] = seal.mac
        found.seals, found.last = found.seals + 1, seal
        on_progress(found.seals)
    _judge_macs(found)


def _check_order(found: Verification, seal: AuditSeal) -> None:
    expected = found.last.sequence + 1 if found.last else 1
    found.lacks_seals |= seal.sequence != expected
    for missing in range(expected, min(seal.sequence, expected + MOST_NAMED)):
        found.find(f"Seal {missing} was removed.")
    if seal.sequence - expected > MOST_NAMED:
        found.find(f"So were those up to seal {seal.sequence - 1}.")
    before = found.last.mac if found.last else ""
    if seal.sequence == expected and seal.previous_mac != before:
        found.find(f"Seal {seal.sequence} does not follow the seal before it: that was replaced.")


def _check_mac(found: Verification, seal: AuditSeal) -> bool:
    key = key_of(seal.key_id)
    if key is None or seal.form not in FORMS:
        found.find(
            f"Seal {seal.sequence} cannot be checked: no key {seal.key_id!r}, or form {seal.form}, is known here."
        )
        return False
    if mac_of(seal, key) != seal.mac or len(seal.digests) != DIGEST_BYTES * len(seal.event_ids):
        found.foreign_count += 1
        if len(found.foreign) < MOST_NAMED:
            found.foreign.append(seal.sequence)
        return False
    return True


def _judge_macs(found: Verification) -> None:
    """Tell a chain that was made anew from seals that were altered."""
    if found.foreign_count and found.foreign_count == found.seals:
        found.find(
            f"The chain was wholly recomputed: of its {found.seals:,} seals none has a mac that our key made."
            " What the trail says now cannot be vouched for."
        )
        return
    for sequence in found.foreign:
        found.find(
            f"Seal {sequence} was altered: its mac is not one that our key made; its events are not vouched for."
        )
    if found.foreign_count > len(found.foreign):
        found.find(f"So were {found.foreign_count - len(found.foreign):,} more.")


def _check_events(found: Verification, seal: AuditSeal) -> None:
    rows = _events(seal.event_ids)
    sealed = bytes(seal.digests)
    for index, key in enumerate(seal.event_ids):
        row = rows.get(key)
        if row is None:
            found.find(f"Event {key} was removed (seal {seal.sequence}).")
        elif digest(row, seal.form) != sealed[index * DIGEST_BYTES : (index + 1) * DIGEST_BYTES]:
            found.find(f"Event {key} was edited (seal {seal.sequence}).")
    found.events += len(seal.event_ids)


def _events(keys: list[int]) -> dict[int, tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(_EVENTS, [keys])
        return {row[0]: row for row in cursor.fetchall()}


def _check_unknown(found: Verification) -> None:
    horizon = found.last.horizon if found.last else 0
    why = (
        ", or was in a seal that is gone"
        if found.lacks_seals
        else f": no seal knows it, and ids up to {horizon} are sealed"
    )
    with closing(_unknown(horizon)) as keys:
        for key in keys:
            found.find(f"Event {key} was inserted{why}.")


def _unknown(horizon: int) -> Generator[int, None, None]:
    with connection.chunked_cursor() as cursor:
        cursor.execute(_UNKNOWN, [horizon])
        for (key,) in cursor:
            yield key


def _check_head(found: Verification, head: Head) -> None:
    last = head_of(found.last) if found.last else Head(0, "", 0)
    if last.sequence < head.sequence:
        gone = _span("Seal", last.sequence + 1, head.sequence)
        known = (
            "" if head.last_id is None else f", and with them what is gone of {_ids(last.last_id or 0, head.last_id)}"
        )
        found.find(f"{gone} removed from the end{known}: the head kept outside is {head.sequence}:{head.mac[:12]}…")
    elif found.macs.get(head.sequence) != head.mac:
        found.find(
            f"Seal {head.sequence} is not the one whose mac {head.mac[:12]}… was kept outside: the chain was made anew."
        )


def _span(noun: str, first: int, last: int) -> str:
    return f"{noun} {first} was" if first == last else f"{noun}s {first} to {last} were"


def _ids(before: int, last: int) -> str:
    return f"event {last}" if last == before + 1 else f"events {before + 1} to {last}"
