"""Sealing: committed events become links of a chain."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from itertools import islice
from typing import Any

from django.db import connection, transaction
from psycopg.sql import SQL

from finpulse.audit.chain.forms import COLUMNS
from finpulse.audit.chain.head import anchor_head, anchored_head, head_of
from finpulse.audit.chain.horizon import is_settled, mark_of, new_mark
from finpulse.audit.chain.links import Chain
from finpulse.audit.models import AuditSeal
from finpulse.kernel.errors import DomainError

MOST_IN_SEAL = 1000
MOST_IN_PASS = 50_000
# "seal", read as a number.
LOCK = int.from_bytes(b"seal", "big")
_UNSEALED = SQL(
    """
SELECT {} FROM audit_auditevent AS event
WHERE id > %(horizon)s AND NOT EXISTS (
    SELECT FROM (SELECT unnest(event_ids) AS id FROM audit_auditseal WHERE last_id > %(horizon)s) AS sealed
    WHERE sealed.id = event.id
)
ORDER BY id LIMIT %(most)s
"""
).format(SQL(COLUMNS))


class TrailSealRefused(DomainError):
    """The chain does not end where it ended: sealing on would bury that."""


@dataclass(frozen=True)
class Sealed:
    """What a pass did; `more` when it stopped at the most that a pass may do."""

    seals: int = 0
    events: int = 0
    more: bool = False


@transaction.atomic
def trail_seal(*, now: datetime, most: int = MOST_IN_PASS) -> Sealed:
    """Seal up to `most` committed events that no seal holds. FinPulse's own act, which leaves no event.

    One pass at a time: another that runs meanwhile does nothing. Run again, it seals only what came since. When all is
    sealed and the horizon has moved, an empty seal says so.

    :raises TrailSealRefused: when the chain in the database is not the one whose head was anchored outside.
    """
    if not _alone():
        return Sealed()
    last = AuditSeal.objects.order_by("-sequence").first()
    _check_head(last)
    before = mark_of(last)
    is_over = is_settled(before)
    chain = Chain(last, new_mark(before), now)
    _extend(chain, before.ceiling if is_over else chain.horizon, most)
    if chain.added:
        transaction.on_commit(partial(_anchor, chain))
    return Sealed(chain.added, chain.events, more=chain.events == most)


def _extend(chain: Chain, settled: int, most: int) -> None:
    """Seal what is there. Ids up to `settled` are all there, so behind the last of them nothing is to come."""
    with closing(_unsealed(chain.horizon, most)) as batches:
        for batch in batches:
            is_last = len(batch) < MOST_IN_SEAL and chain.events + len(batch) < most
            chain.add(batch, settled if is_last else min(settled, batch[-1][0]))
    if chain.events < most and settled > chain.horizon:
        chain.add([], settled)


def _anchor(chain: Chain) -> None:
    if chain.last is not None:
        anchor_head(head_of(chain.last), events=chain.events)


def _alone() -> bool:
    # For the transaction, not the session: it holds through a pooler too, and goes with the pass however that ends.
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [LOCK])
        alone: bool = cursor.fetchone()[0]
        return alone


def _check_head(last: AuditSeal | None) -> None:
    head = anchored_head()
    if head is None:
        return
    if last is None or last.sequence < head.sequence:
        ends = f"at seal {last.sequence}" if last else "before its first seal"
        raise TrailSealRefused(f"The trail ends {ends}, but seal {head.sequence} was made. Run verify_audit.")
    if not AuditSeal.objects.filter(sequence=head.sequence, mac=head.mac).exists():
        raise TrailSealRefused(f"Seal {head.sequence} is not the one that was made. Run verify_audit.")


def _unsealed(horizon: int, most: int) -> Generator[list[tuple[Any, ...]], None, None]:
    with connection.chunked_cursor() as cursor:
        cursor.execute(_UNSEALED, {"horizon": horizon, "most": most})
        rows = iter(cursor)
        while batch := list(islice(rows, MOST_IN_SEAL)):
            yield batch
