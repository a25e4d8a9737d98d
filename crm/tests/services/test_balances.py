"""Old balances are thinned to those at a month's end."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

import pytest
from django.utils import timezone

from crm.models import Balance, Holding
from crm.selectors.months import month_ends
from crm.services.balances import balances_thin
from crm.tasks import thin_balances
from crm.tests.factories import HoldingFactory
from finpulse.audit.models import AuditEvent

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 23)
OLDEST_DAILY = date(2026, 8, 23)


def with_balances(days: Iterable[date]) -> Holding:
    """Make a holding whose balance of each day is told."""
    holding: Holding = HoldingFactory()
    Balance.objects.bulk_create(Balance(holding=holding, as_of=day, balance=day.day) for day in days)
    return holding


def days_of(holding: Holding) -> list[date]:
    """Give the days of which a balance is kept."""
    return list(Balance.objects.filter(holding=holding).order_by("as_of").values_list("as_of", flat=True))


def every_day(first: date, last: date) -> list[date]:
    """Give the days from the first to the last."""
    return [first + timedelta(days=number) for number in range((last - first).days + 1)]


def test_the_last_92_days_are_kept_and_before_that_the_end_of_each_month() -> None:
    holding = with_balances(every_day(date(2025, 11, 1), TODAY))
    balances_thin(today=TODAY, actor=None)
    ends = [day for day in month_ends(TODAY) if day < OLDEST_DAILY]
    assert len(ends) == 9
    assert days_of(holding) == [*ends, *every_day(OLDEST_DAILY, TODAY)]


def test_the_last_balance_of_a_month_is_kept_whichever_day_it_is_of() -> None:
    sparse = [date(2026, 3, 2), date(2026, 3, 17), date(2026, 5, 4), date(2026, 8, 20), date(2026, 8, 30)]
    holding = with_balances(sparse)
    balances_thin(today=TODAY, actor=None)
    assert days_of(holding) == [date(2026, 3, 17), date(2026, 5, 4), date(2026, 8, 30)]


def test_in_lots_of_one_each_holding_is_thinned_by_its_own_days() -> None:
    first, second = with_balances([date(2026, 3, 2), date(2026, 3, 3)]), with_balances([date(2026, 3, 2)])
    assert balances_thin(today=TODAY, actor=None, at_once=1) == 1
    assert (days_of(first), days_of(second)) == ([date(2026, 3, 3)], [date(2026, 3, 2)])


def test_it_is_one_event_and_run_again_nothing_and_none() -> None:
    for _ in range(3):
        with_balances(every_day(date(2026, 3, 1), date(2026, 3, 31)))
    assert balances_thin(today=TODAY, actor=None, at_once=1) == 90
    assert balances_thin(today=TODAY, actor=None) == 0
    event = AuditEvent.objects.get(verb="crm.balances.thinned")
    assert event.detail == {"before": "2026-08-23", "removed": 90}


def test_the_clocks_task_thins_as_of_today() -> None:
    long_ago = timezone.localdate() - timedelta(days=200)
    holding = with_balances(long_ago.replace(day=day) for day in (1, 2))
    thin_balances()
    assert days_of(holding) == [long_ago.replace(day=2)]
