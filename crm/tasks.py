"""What the queue and the clock start: one service call each."""

from celery import shared_task
from django.utils import timezone

from crm.services.balances import balances_thin
from crm.services.leavers import customers_of_leavers_let_go
from crm.services.recertification import recertifications_make
from crm.services.unit_figures import ROLL_UP, unit_figures_ask_daily, unit_figures_roll_up
from finpulse.kernel.queue import handler


@handler(ROLL_UP, lease_seconds=560, max_attempts=5)
def roll_unit_figures_up() -> None:
    """Roll the figures of units up as of today."""
    unit_figures_roll_up(today=timezone.localdate(), actor=None)


@shared_task(name="crm.ask_for_unit_figures")
def ask_for_unit_figures() -> None:
    """Have them rolled up if nobody asked today."""
    unit_figures_ask_daily(today=timezone.localdate())


@shared_task(name="crm.thin_balances")
def thin_balances() -> None:
    """Thin the balances that grew old."""
    balances_thin(today=timezone.localdate(), actor=None)


@shared_task(name="crm.let_customers_of_leavers_go")
def let_customers_of_leavers_go() -> None:
    """Give to the pools whom a cover bridged until it ended."""
    customers_of_leavers_let_go(now=timezone.now())


@shared_task(name="crm.make_recertifications")
def make_recertifications() -> None:
    """Make the lists of this quarter that are not there yet."""
    recertifications_make(today=timezone.localdate(), actor=None)
