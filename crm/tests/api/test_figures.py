"""What customers, books and units have and owe, and what currencies are worth, in the API."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from crm.selectors.months import month_ends
from crm.services.unit_figures import unit_figures_roll_up
from crm.tests.factories import BalanceFactory, ExchangeRateFactory, HoldingFactory, PartyFactory
from finpulse.audit.models import AuditEvent

# After authentication: the customer, the look, his holdings.
BUDGET = 3 + 3


def test_the_figures_of_a_customer_tell_currencies_rates_and_what_is_not_known(bank, alice):
    HoldingFactory(customer=bank.own, kind="INVESTMENT", currency="EUR", balance=Decimal(10))
    HoldingFactory(customer=bank.own, kind="INVESTMENT", currency="KWD", balance=Decimal("1.5"))
    HoldingFactory(customer=bank.own, kind="LOAN", balance=None)
    HoldingFactory(customer=bank.own, kind="CARD", balance=Decimal(-30), credit_limit=Decimal(100))
    PartyFactory(customer=bank.own, role="GUARANTOR", amount=Decimal(500))
    rate_day = timezone.localdate() - timedelta(days=1)
    ExchangeRateFactory(as_of=rate_day, rate=Decimal("24.5"))
    told = alice.get(f"/api/v1/customers/{bank.own.pk}/figures/").json()
    figures = told.pop("figures")
    assert told == {
        "customer": bank.own.pk,
        "as_of": timezone.localdate().isoformat(),
        "balances_since": "2026-11-23",
        "balances_until": "2026-11-23",
        "base": "CZK",
    }
    assert figures["investments"] == {
        "by_currency": [{"currency": "EUR", "amount": "10.00"}, {"currency": "KWD", "amount": "1.500"}],
        "amount": "245.00",
        "rates": [{"currency": "EUR", "rate": "24.5", "as_of": rate_day.isoformat()}],
        "not_convertible": [{"currency": "KWD", "amount": "1.500"}],
        "not_known": 0,
    }
    amounts = {name: (figure["amount"], figure["not_known"]) for name, figure in figures.items()}
    assert amounts == {
        "deposits": ("2000.00", 0),
        "investments": ("245.00", 0),
        "lending_drawn": ("30.00", 1),
        "undrawn": ("70.00", 0),
        "business_volume": ("2275.00", 1),
        "net_position": ("2215.00", 1),
        "exposure": ("100.00", 1),
        "guarantees": ("500.00", 0),
    }


def test_the_months_are_twelve_at_the_rates_of_each(bank, alice):
    today = timezone.localdate()
    last = month_ends(today)[-1]
    euro = HoldingFactory(customer=bank.own, currency="EUR", opened_on=last - timedelta(days=5))
    BalanceFactory(holding=euro, as_of=last, balance=Decimal(10))
    ExchangeRateFactory(as_of=last, rate=Decimal(24))
    told = alice.get(f"/api/v1/customers/{bank.own.pk}/months/").json()
    assert [month["on"] for month in told["months"]] == [day.isoformat() for day in month_ends(today)]
    assert (told["customer"], told["base"]) == (bank.own.pk, "CZK")
    newest = told["months"][-1]
    assert newest["net"] == {
        "amount": "240.00",
        "rates": [{"currency": "EUR", "rate": "24", "as_of": last.isoformat()}],
        "not_convertible": [],
        "not_known": 2,
    }
    assert newest["debts"]["amount"] is None


@pytest.mark.parametrize("what", ["figures", "months"])
def test_a_look_at_them_is_written_down_and_costs_the_same_for_few_and_many_holdings(what, bank, people, alice):
    def cost():
        with CaptureQueriesContext(connection) as caught:
            assert alice.get(f"/api/v1/customers/{bank.own.pk}/{what}/").status_code == 200
        return len([one for one in caught if not one["sql"].startswith(("SAVEPOINT", "RELEASE"))])

    few = cost()
    for _ in range(30):
        BalanceFactory(holding=HoldingFactory(customer=bank.own))
    assert cost() == few <= BUDGET
    look = AuditEvent.objects.filter(verb="crm.customer.viewed").latest("pk")
    assert (look.actor, look.subject_id, look.detail["surface"]) == (people.alice, bank.own.pk, f"api {what}")


def test_the_portfolio_is_the_callers_own_book_or_unit(bank, people, units, client_of):
    unit_figures_roll_up(today=timezone.localdate(), actor=None)
    own = client_of("alice").get("/api/v1/portfolio/").json()
    assert (own["manager"], own["unit"], own["customers"]) == (people.alice.pk, None, 1)
    assert own["total"]["figures"]["deposits"]["amount"] == "2000.00"
    assert (own["total"]["holdings"], own["total"]["balances_since"]) == (2, "2026-11-23")
    north = client_of("dana").get("/api/v1/portfolio/").json()
    assert (north["unit"], north["name"], north["as_of"]) == (
        units["NORTH"].pk,
        "North",
        timezone.localdate().isoformat(),
    )
    assert north["total"]["figures"]["net_position"]["amount"] == "4000.00"
    books = [(part["name"], part["customers"], part["total"]["holdings"]) for part in north["managers"]]
    assert books == [("Alice North", 1, 2), ("Bob North", 1, 1), (None, 1, 1)]
    head = client_of("frank").get("/api/v1/portfolio/").json()
    assert [(part["unit"], part["total"]["holdings"]) for part in head["units"]] == [
        (units["NORTH"].pk, 4),
        (units["SOUTH"].pk, 2),
    ]
    looks = AuditEvent.objects.filter(verb="crm.portfolio.viewed").values_list("detail", flat=True)
    assert {"surface": "api", "unit": units["NORTH"].pk} in looks


def test_a_portfolio_out_of_scope_is_not_found_and_a_bad_key_is_refused(bank, people, units, client_of):
    alice, dana = client_of("alice"), client_of("dana")
    for client, query in (
        (alice, f"manager={people.bob.pk}"),
        (alice, f"unit={units['NORTH'].pk}"),
        (dana, f"unit={units['SOUTH'].pk}"),
        (dana, f"manager={people.charlie.pk}"),
        (dana, "unit=987654"),
    ):
        assert client.get(f"/api/v1/portfolio/?{query}").status_code == 404, query
    assert alice.get("/api/v1/portfolio/?unit=x").status_code == 400
    assert dana.get(f"/api/v1/portfolio/?manager={people.bob.pk}").json()["customers"] == 1
    never = dana.get("/api/v1/portfolio/").json()
    assert (never["total"], never["units"]) == (None, [])


def test_exchange_rates_are_listed_newest_first_and_filtered(alice):
    for currency, day in (("EUR", 19), ("EUR", 20), ("USD", 20)):
        ExchangeRateFactory(currency=currency, as_of=date(2026, 11, day), rate=Decimal("24.520"))
    rows = alice.get("/api/v1/exchange-rates/").json()["results"]
    assert [(row["currency"], row["as_of"]) for row in rows] == [
        ("USD", "2026-11-20"),
        ("EUR", "2026-11-20"),
        ("EUR", "2026-11-19"),
    ]
    assert (rows[0]["rate"], rows[0]["base"]) == ("24.52", "CZK")
    for query, count in (("currency=EUR", 2), ("as_of=2026-11-20", 2), ("base=EUR", 0)):
        assert len(alice.get(f"/api/v1/exchange-rates/?{query}").json()["results"]) == count, query


def test_the_schema_describes_them_without_a_warning(tmp_path):
    call_command("spectacular", "--validate", "--fail-on-warn", "--file", str(tmp_path / "schema.yaml"))
    assert "/api/v1/portfolio/" in (tmp_path / "schema.yaml").read_text()
