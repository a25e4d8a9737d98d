"""What the clock starts each minute."""

from celery import shared_task
from django.utils import timezone

from finpulse.audit.services import trail_seal


@shared_task(name="audit.seal_trail")
def seal_trail() -> None:
    """Seal what was committed since."""
    trail_seal(now=timezone.now())
