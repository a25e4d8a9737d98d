"""Sealing and verifying many events."""

from __future__ import annotations

import resource
from collections.abc import Callable
from dataclasses import dataclass
from time import perf_counter

from django.db import connection
from django.utils import timezone

from finpulse.audit.services import trail_seal
from finpulse.audit.verification import trail_verify

KIBI = 1024
MANY = """
INSERT INTO audit_auditevent (at, verb, subject_type, subject_id, reason, detail)
SELECT now(), 'crm.customer.viewed', 'crm.customer', n, '', '{"surface": "page"}' FROM generate_series(1, %s) AS n
"""


@dataclass(frozen=True)
class Step:
    """What was done, in how many seconds, by how many megabytes the process's peak grew meanwhile."""

    name: str
    seconds: float
    grown: float


def measured(events: int) -> tuple[list[Step], str]:
    """Give the steps, and a line about the tables."""
    with connection.cursor() as cursor:
        cursor.execute(MANY, [events])
        cursor.execute("ANALYZE audit_auditevent")
    steps = [_timed("seal", _seal_all), _timed("verify", _verify_all)]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_total_relation_size('audit_auditevent'), pg_total_relation_size('audit_auditseal'),"
            " (SELECT count(*) FROM audit_auditseal)"
        )
        trail, sealed, count = cursor.fetchone()
    sizes = f"{trail / events:,.0f} bytes an event in the trail, {sealed / events:,.0f} in its seals"
    return steps, f"{events:,} events in {count:,} seals; {sizes}."


def _seal_all() -> None:
    while trail_seal(now=timezone.now()).more:
        pass


def _verify_all() -> None:
    said: list[str] = []
    trail_verify(say=said.append, heads=[])
    if said:
        raise SystemExit("\n".join(said[:20]))


def _timed(name: str, work: Callable[[], None]) -> Step:
    peak = _peak()
    started = perf_counter()
    work()
    return Step(name, perf_counter() - started, _peak() - peak)


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / KIBI
