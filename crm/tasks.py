"""What the clock starts: one service call each."""

from celery import shared_task
from django.utils import timezone

from crm.services.balances import balances_thin


@shared_task(name="crm.thin_balances")
def thin_balances() -> None:
    """Thin the balances that grew old."""
    balances_thin(today=timezone.localdate(), actor=None)
