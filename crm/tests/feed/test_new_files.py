"""Positions, balances, relationships and exchange rates: loaded, refused row by row, read twice without a change."""

from __future__ import annotations

from decimal import Decimal

import pytest

from crm.models import Balance, ExchangeRate, HoldingParty, Position, Relationship
from crm.tests.feed.feeds import CUSTOMER, HOLDING, Feed, counted

FUND = HOLDING | {"holding_no": "F1", "kind": "INVESTMENT"}
POSITION = {"holding_no": "F1", "isin": "IE00B4L5Y983", "quantity": "12.5", "price": "84.1", "price_currency": "EUR"}
BALANCE = {"holding_no": "H1", "as_of": "2026-10-31", "balance": "90.00"}
OWNS = {"customer_no": "C1", "related_customer_no": "C2", "kind": "SHAREHOLDER_OF", "share": "0.6"}
RATE = {"currency": "EUR", "base": "CZK", "rate": "24.52", "as_of": "2026-11-20"}


@pytest.fixture
def whole(feed: Feed) -> Feed:
    """The good bank with one good row in each of these files."""
    feed.write("holdings.csv", [HOLDING, FUND])
    feed.write("positions.csv", [POSITION])
    feed.write("balances.csv", [BALANCE])
    feed.write("relationships.csv", [OWNS])
    feed.write("fx_rates.csv", [RATE])
    return feed


def test_each_file_is_loaded_and_read_twice_changes_nothing(whole: Feed) -> None:
    first = whole.load()
    files = ("positions.csv", "balances.csv", "relationships.csv", "fx_rates.csv")
    assert {name: counted(first, name) for name in files} == dict.fromkeys(files, (1, 0, 0, 0))
    again = whole.load()
    assert {name: counted(again, name) for name in files} == dict.fromkeys(files, (0, 0, 1, 0))
    assert Position.objects.get().quantity == Decimal("12.5")
    assert Balance.objects.get().balance == Decimal(90)
    assert Relationship.objects.get().share == Decimal("0.6")
    assert ExchangeRate.objects.get().rate == Decimal("24.52")


@pytest.mark.parametrize(
    ("file", "row", "column", "reason"),
    [
        ("positions.csv", POSITION | {"isin": "IE00B4L5Y984"}, "isin", "check digit"),
        ("positions.csv", POSITION | {"holding_no": "H1"}, "holding_no", "no investment"),
        ("positions.csv", POSITION | {"price_currency": ""}, "price_currency", "without its currency"),
        ("positions.csv", POSITION | {"quantity": "-1"}, "quantity", "not negative"),
        ("balances.csv", BALANCE | {"as_of": "2026-11-24"}, "as_of", "in the future"),
        ("balances.csv", BALANCE | {"as_of": "2026-11-01", "balance": "1.005"}, "balance", "CZK has 2 decimal places."),
        ("balances.csv", BALANCE | {"holding_no": "H404"}, "holding_no", "No holding"),
        ("relationships.csv", OWNS | {"related_customer_no": "C1"}, "related_customer_no", "to himself"),
        ("relationships.csv", OWNS | {"related_customer_no": "C404"}, "related_customer_no", "No customer"),
        ("relationships.csv", OWNS | {"customer_no": "C3", "share": "0.5"}, "share", "add up to 1.1, above 1."),
        ("fx_rates.csv", RATE | {"base": "EUR"}, "base", "between two currencies"),
        ("fx_rates.csv", RATE | {"rate": "0"}, "rate", "not above zero"),
    ],
)
def test_a_bad_row_costs_itself(whole: Feed, file: str, row: dict[str, str], column: str, reason: str) -> None:
    whole.write(
        "customers.csv",
        [CUSTOMER, {"customer_no": "C2", "kind": "ORGANISATION"}, {"customer_no": "C3", "kind": "PERSON"}],
    )
    good = {"positions.csv": POSITION, "balances.csv": BALANCE, "relationships.csv": OWNS, "fx_rates.csv": RATE}
    whole.write(file, [good[file], row])
    report = whole.load()
    assert [(error.file, error.line, error.column) for error in report.errors] == [(file, 3, column)]
    assert reason in report.errors[0].reason
    assert counted(report, file)[0] == 1


def test_the_part_that_takes_the_shares_of_a_holding_above_the_whole_is_refused(feed: Feed) -> None:
    shares = [("C1", "OWNER", "0.7"), ("C2", "JOINT", "0.4"), ("C2", "AUTHORISED", "0.9")]
    parts = [{"holding_no": "H1", "customer_no": who, "role": role, "share": share} for who, role, share in shares]
    feed.write("parties.csv", parts)
    report = feed.load()
    assert [(error.file, error.line, error.column) for error in report.errors] == [("parties.csv", 3, "share")]


def test_a_share_in_a_delta_is_added_to_those_that_stay(whole: Feed) -> None:
    """C1 owns 0.6 of C2 already; what the DELTA says of C1 anew takes the place of that."""
    whole.load()
    (whole.path / "parties.csv").unlink()
    whole.write("customers.csv", [CUSTOMER | {"customer_no": "C3"}])
    whole.write("relationships.csv", [OWNS | {"customer_no": "C3", "share": "0.5"}])
    report = whole.load()
    assert [(error.line, error.column) for error in report.errors] == [(2, "share")]
    assert report.errors[0].reason == "With this share the parts add up to 1.1, above 1."
    sold = [OWNS | {"customer_no": "C3", "share": "0.5"}, OWNS | {"share": "0.5"}]
    whole.write("relationships.csv", sold)
    assert whole.load().refused == 0
    assert set(Relationship.objects.values_list("customer__customer_no", "share")) == {
        ("C1", Decimal("0.5")),
        ("C3", Decimal("0.5")),
    }


def test_a_share_that_vanished_of_a_whole_feed_is_not_added(whole: Feed) -> None:
    whole.manifest(sequence=1)
    whole.load()
    whole.write(
        "customers.csv", [CUSTOMER, {"customer_no": "C2", "kind": "ORGANISATION"}, CUSTOMER | {"customer_no": "C3"}]
    )
    whole.write("relationships.csv", [OWNS | {"customer_no": "C3", "share": "0.5"}])
    whole.manifest(sequence=2)
    report = whole.load()
    assert (report.refused, report.vanished["relationships.csv"].examples) == (0, ["C1 SHAREHOLDER_OF C2"])


def test_what_a_delta_says_of_a_holding_is_all_of_it_so_that_its_shares_are_added_alone(feed: Feed) -> None:
    whole_of_it = {"holding_no": "H1", "role": "OWNER", "share": "1"}
    feed.write("parties.csv", [whole_of_it | {"customer_no": "C1"}])
    feed.load()
    feed.write("parties.csv", [whole_of_it | {"customer_no": "C2"}])
    assert feed.load().refused == 0
    assert HoldingParty.objects.get(holding__holding_no="H1").customer.customer_no == "C2"
