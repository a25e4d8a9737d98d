"""What the queue and the clock start: one service call each."""

from celery import shared_task
from django.utils import timezone

from finpulse.kernel.queue import handler
from notifications.services import alerts_scan, message_deliver, message_give_up, message_take_up
from notifications.services.scan import DELIVER

# With the queue's growing pauses, about a day.
MOST_ATTEMPTS = 150


def give_up(message_id: int) -> None:
    """Settle a message that could not be delivered for a day."""
    message_give_up(message_id=message_id)


def take_up(message_id: int) -> None:
    """Let it wait again."""
    message_take_up(message_id=message_id)


@handler(DELIVER, queue="mail", lease_seconds=20, max_attempts=MOST_ATTEMPTS, given_up=give_up, taken_up=take_up)
def deliver(message_id: int) -> None:
    """Deliver one message."""
    message_deliver(message_id=message_id)


@shared_task(name="notifications.scan_alerts")
def scan_alerts() -> None:
    """Queue what is due now."""
    alerts_scan(now=timezone.now())
