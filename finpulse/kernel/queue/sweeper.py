"""Rings again for rows whose message was lost or whose worker died. Harmless when it was neither: claims are conditional."""

from datetime import timedelta

from django.db.models import F, Q
from django.utils import timezone

from finpulse.kernel.models import QueuedTask

RING_AGAIN_AFTER = timedelta(seconds=30)
MOST_RINGS_COUNTED = 6


def sweep() -> int:
    """Put lost rows back to waiting; gives how many. The pause before a further ring doubles with each ring."""
    now = timezone.now()
    died = Q(state=QueuedTask.State.RUNNING, leased_until__lt=now)
    lost = Q()
    for rings in range(MOST_RINGS_COUNTED + 1):
        same_or_more = Q(rings=rings) if rings < MOST_RINGS_COUNTED else Q(rings__gte=rings)
        lost |= same_or_more & Q(rung_at__lt=now - RING_AGAIN_AFTER * 2**rings)
    lost &= Q(state=QueuedTask.State.RUNG)
    return QueuedTask.objects.filter(died | lost).update(
        state=QueuedTask.State.WAITING, leased_until=None, rings=F("rings") + 1, available_at=now
    )
