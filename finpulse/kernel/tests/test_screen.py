"""How figures and days look."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from django.utils import formats, timezone

from finpulse.kernel.money import amount_text
from finpulse.kernel.templatetags.finpulse import (
    due,
    figure,
    last_day,
    money,
    percent,
    plain,
    rate,
    rate_at_a_glance,
    rounded,
)


@pytest.mark.parametrize(
    ("value", "currency", "text"),
    [
        ("1234.5", "CZK", "CZK 1,234.50"),
        ("-1240000", "CZK", "CZK −1,240,000.00"),
        ("1234.5", "JPY", "JPY 1,235"),
        ("1.2345", "KWD", "KWD 1.235"),
        ("-0.004", "EUR", "EUR 0.00"),
        ("1", "CLF", "CLF 1.0000"),
    ],
)
def test_an_amount_carries_its_currency_and_its_minor_units(value, currency, text):
    assert amount_text(Decimal(value), currency) == text


def test_what_is_not_known_says_so_and_a_debt_is_marked():
    assert "not known" in money(None, "CZK")
    assert 'class="amount neg"' in money(Decimal(-1), "CZK")
    assert 'class="amount"' in money(Decimal(0), "CZK")


def test_what_ends_with_a_day_lasts_until_it():
    midnight = datetime(2026, 12, 5, tzinfo=timezone.get_default_timezone())
    assert last_day(midnight) == "4 Dec 2026"
    assert last_day(midnight - timedelta(minutes=1)) == "4 Dec 2026, 23:59"
    assert last_day(None) == "no end"


def test_a_rate_is_a_fraction_per_year():
    assert percent(Decimal("0.0345")) == "3.45 %"
    assert percent(None) == "–"


@pytest.mark.parametrize(
    ("days", "words"),
    [(0, "today"), (1, "tomorrow"), (-1, "yesterday"), (3, "in 3 days"), (30, "in 30 days"), (-4, "4 days ago")],
)
def test_a_near_day_is_told_as_people_tell_it_with_the_date_on_hover(days, words):
    day = timezone.localdate() + timedelta(days=days)
    shown = due(day)
    assert f">{words}<" in shown
    assert f'datetime="{day.isoformat()}"' in shown


def test_a_far_day_is_a_date_and_no_day_a_dash():
    far = timezone.localdate() + timedelta(days=400)
    assert f">{far.day} {far:%b %Y}<" in due(far)
    assert due(None) == "–"


def test_at_a_glance_an_amount_is_whole_with_the_exact_one_on_hover():
    assert rounded(Decimal("-1234.5"), "CZK") == '<span class="amount neg" title="CZK −1,234.50">CZK −1,235</span>'
    assert figure(Decimal("1234.5"), "CZK") == '<span class="amount" title="CZK 1,234.50">1,235</span>'
    assert figure(None, "CZK") == "–"
    assert "not known" in rounded(None, "CZK")


@pytest.mark.parametrize(
    ("value", "text"), [("24.5200000000", "24.52"), ("0.1634000000", "0.1634"), ("75", "75.00"), ("1234.5", "1,234.50")]
)
def test_an_exchange_rate_has_the_digits_it_has_and_two_at_least(value, text):
    assert rate(Decimal(value)) == text


def test_an_exchange_rate_at_a_glance_has_four_significant_digits():
    assert rate_at_a_glance(Decimal("21.813624")) == "21.81"
    assert rate_at_a_glance(Decimal("0.150681")) == "0.1507"
    assert rate_at_a_glance(Decimal("1234.56")) == "1,234.56"


def test_a_quantity_loses_its_idle_zeros_only():
    assert plain(Decimal("1250.50000000")) == "1,250.5"
    assert plain(Decimal("100.00000000")) == "100"


def test_a_moment_is_written_with_the_clock_of_24_hours():
    assert formats.date_format(datetime(2026, 11, 26, 23, 37, tzinfo=UTC), "DATETIME_FORMAT") == "26 Nov 2026, 23:37"
    assert formats.date_format(datetime(2026, 11, 26, 23, 37, tzinfo=UTC), "DATE_FORMAT") == "26 Nov 2026"
