"""A trail that is sealed and settled, and what is done to it behind FinPulse's back."""

from __future__ import annotations

from contextlib import contextmanager

from django.db import connection
from django.utils import timezone

from finpulse.audit.models import AuditEvent, AuditSeal
from finpulse.audit.services import record, trail_seal

MOST_PASSES = 200


def write_events(count):
    """Give the ids of so many new events."""
    return [record("test.thing.done", actor=None, reason="why", detail={"n": n, "x": "é"}).pk for n in range(count)]


def settle(up_to):
    """Seal until every id up to this one is below the horizon: other sessions may hold it for a moment."""
    for _ in range(MOST_PASSES):
        trail_seal(now=timezone.now())
        if (last := last_seal()) and last.horizon >= up_to:
            return last
    raise AssertionError(f"the horizon does not reach {up_to}: {last.horizon}, {last.ceiling}")


def last_seal():
    return AuditSeal.objects.order_by("-sequence").first()


def sealed_chain():
    """Give the ids of nine events, sealed three by three and settled."""
    ids = []
    for _ in range(3):
        ids += write_events(3)
        trail_seal(now=timezone.now())
    settle(ids[-1])
    return ids


def execute(statement, *arguments):
    """Run a statement as who owns the tables."""
    with connection.cursor() as cursor:
        cursor.execute(statement, arguments)


def insert_event(key):
    AuditEvent.objects.create(pk=key, verb="test.thing.forged")


@contextmanager
def other_session():
    """Give a session of its own, as another process has."""
    session = connection.copy()
    try:
        yield session
    finally:
        session.close()
