"""What the clock starts each minute."""

from celery import shared_task
from django.utils import timezone

from finpulse.identity.services import sign_ins_expire


@shared_task(name="identity.end_sign_ins")
def end_sign_ins() -> None:
    """End the sign-ins that are over."""
    sign_ins_expire(now=timezone.now())
