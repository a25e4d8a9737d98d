"""Finds rows whose ring was lost or whose worker died, and forgets what was done long ago."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.db.models.functions import Now

from finpulse.kernel.models import QueuedTask

State = QueuedTask.State

SWEEP_SECONDS = 2.0
PRUNE_SECONDS = 3600.0
BATCH = 1000
KEPT = timedelta(days=30)


class Sweeper:
    """Sweeps each two seconds and prunes each hour, as often as it takes, by the clock that it is told."""

    def __init__(self) -> None:
        self._sweep_at = self._prune_at = float("-inf")

    def sweep_when_due(self, now: float) -> None:
        """Do what is due at `now`, in seconds of a clock that only goes forward."""
        if now >= self._sweep_at:
            self._sweep_at = now + SWEEP_SECONDS
            sweep()
        if now >= self._prune_at:
            more = prune() == BATCH
            self._prune_at = now + (SWEEP_SECONDS if more else PRUNE_SECONDS)


@transaction.atomic
def sweep() -> int:
    """Let rows wait again whose lease ran out, a thousand at most; gives how many.

    Harmless when ring or worker were only slow: claims are conditional.
    """
    # Rows that another holds are skipped: two sweepers, or a sweeper and a worker, never wait for each other.
    over = QueuedTask.objects.filter(state__in=[State.RUNG, State.RUNNING], leased_until__lt=Now())
    rows = list(over.select_for_update(skip_locked=True).values_list("pk", flat=True)[:BATCH])
    return QueuedTask.objects.filter(pk__in=rows).update(state=State.WAITING, leased_until=None, available_at=Now())


@transaction.atomic
def prune() -> int:
    """Delete a thousand rows at most that were done a month ago; gives how many. What was given up stays."""
    old = QueuedTask.objects.filter(state=State.DONE, finished_at__lt=Now() - KEPT)
    rows = list(old.select_for_update(skip_locked=True).values_list("pk", flat=True)[:BATCH])
    return QueuedTask.objects.filter(pk__in=rows).delete()[0]
