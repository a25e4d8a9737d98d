"""What stands behind a holding, in the API."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from crm.tests.factories import BalanceFactory, HoldingFactory, PartyFactory, PositionFactory
from finpulse.audit.models import AuditEvent


def results(client, url):
    answer = client.get(url)
    assert answer.status_code == 200, answer.content
    return answer.json()["results"]


@pytest.mark.parametrize(
    ("currency", "balance", "shown"),
    [
        ("JPY", "900000", "900000"),
        ("KWD", "1890", "1890.000"),
        ("CZK", "-184300.5", "-184300.50"),
        ("CLF", "1.2345", "1.2345"),
        ("EUR", None, None),
    ],
)
def test_amounts_are_as_fine_as_their_currency(currency, balance, shown, alice, bank):
    amount = None if balance is None else Decimal(balance)
    holding = HoldingFactory(customer=bank.own, currency=currency, balance=amount, credit_limit=amount and abs(amount))
    body = alice.get(f"/api/v1/holdings/{holding.pk}/").json()
    assert body["balance"] == shown
    assert body["credit_limit"] == (shown and shown.removeprefix("-"))
    assert body["overdue_amount"] is None
    if amount is not None:
        BalanceFactory(holding=holding, balance=amount)
        (row,) = results(alice, f"/api/v1/holdings/{holding.pk}/balances/")
        assert (row["balance"], row["currency"]) == (shown, currency)


def test_of_a_party_out_of_scope_role_and_share_are_told_and_nothing_else(client_of, bank):
    bank.joint.parties.filter(role="JOINT").update(share=Decimal("0.5"), amount=Decimal(7), since_on=date(2020, 1, 1))
    bank.joint.parties.filter(role="OWNER").update(share=Decimal("0.25"), amount=Decimal(7), since_on=date(2020, 1, 1))
    url = f"/api/v1/holdings/{bank.joint.pk}/parties/"
    whole = {
        "OWNER": ("0.25", bank.own.pk, bank.own.name, "7.00", "2020-01-01"),
        "JOINT": ("0.5", bank.other_unit.pk, bank.other_unit.name, "7.00", "2020-01-01"),
    }
    hidden = {role: (facts[0], None, None, None, None) for role, facts in whole.items()}
    expected = {
        "alice": {"OWNER": whole["OWNER"], "JOINT": hidden["JOINT"]},
        "charlie": {"OWNER": hidden["OWNER"], "JOINT": whole["JOINT"]},
        "dana": {"OWNER": whole["OWNER"], "JOINT": hidden["JOINT"]},
        "erin": whole,
        "grace": whole,
    }
    names = ("share", "customer", "name", "amount", "since_on")
    for reader, parties in expected.items():
        rows = results(client_of(reader), url)
        assert {row["role"]: tuple(row[name] for name in names) for row in rows} == parties, reader
    assert client_of("bob").get(url).status_code == 404


@pytest.mark.parametrize("part", ["parties", "positions", "balances"])
def test_who_may_only_operate_or_guarantees_sees_none_of_it(part, client_of, bank):
    holding = HoldingFactory(customer=bank.other_unit)
    for role in ("AUTHORISED", "GUARANTOR"):
        PartyFactory(holding=holding, customer=bank.own, role=role)
    url = f"/api/v1/holdings/{holding.pk}/{part}/"
    assert (client_of("alice").get(url).status_code, client_of("charlie").get(url).status_code) == (404, 200)


def test_parties_are_those_of_today(alice, bank):
    today = timezone.localdate()
    PartyFactory(holding=bank.joint, customer=bank.pool, role="AUTHORISED", until_on=today)
    PartyFactory(holding=bank.joint, customer=bank.same_unit, role="AUTHORISED", since_on=today + timedelta(days=1))
    assert [row["role"] for row in results(alice, f"/api/v1/holdings/{bank.joint.pk}/parties/")] == ["OWNER", "JOINT"]


def test_a_position_tells_its_worth_and_says_when_it_is_not_known(alice, bank):
    fund = HoldingFactory(customer=bank.own, kind="INVESTMENT")
    price = {"price": Decimal("1234.500000"), "price_currency": "JPY", "price_on": date(2026, 11, 20)}
    PositionFactory(holding=fund, isin="AA0000000001", quantity=Decimal("2.5"), **price)
    PositionFactory(holding=fund, isin="AA0000000002", quantity=Decimal(1000))
    rows = results(alice, f"/api/v1/holdings/{fund.pk}/positions/")
    shown = [(row["isin"], row["quantity"], row["price"], row["worth"]) for row in rows]
    assert shown == [("AA0000000001", "2.5", "1234.5", "3086"), ("AA0000000002", "1000", None, None)]


def test_balances_are_paged_newest_first_and_narrowed_to_a_span(alice, bank):
    days = [date(2026, 10, 1) + timedelta(days=day) for day in range(7)]
    for day in days:
        BalanceFactory(holding=bank.joint, as_of=day, balance=day.day)
    BalanceFactory(holding=bank.holdings["other_unit"], as_of=days[3], balance=99)
    seen, url = [], f"/api/v1/holdings/{bank.joint.pk}/balances/?page_size=3"
    while url:
        body = alice.get(url).json()
        seen += [row["as_of"] for row in body["results"]]
        url = body["next"]
    assert seen == [day.isoformat() for day in reversed(days)]
    span = results(alice, f"/api/v1/holdings/{bank.joint.pk}/balances/?since=2026-10-03&until=2026-10-04")
    assert [row["balance"] for row in span] == ["4.00", "3.00"]
    refused = alice.get(f"/api/v1/holdings/{bank.joint.pk}/balances/?since=yesterday")
    assert (refused.status_code, list(refused.json()["errors"])) == (400, ["since"])


def test_the_list_s_own_filters_and_orders_are_not_taken(alice, bank):
    BalanceFactory(holding=bank.joint)
    for part in ("parties", "positions", "balances"):
        url = f"/api/v1/holdings/{bank.joint.pk}/{part}/?kind=LOAN"
        assert alice.get(url).status_code == 400


def test_each_look_is_written_down(alice, bank):
    for part in ("parties", "positions", "balances"):
        alice.get(f"/api/v1/holdings/{bank.joint.pk}/{part}/")
    looks = AuditEvent.objects.filter(verb="crm.holding.viewed", subject_id=bank.joint.pk)
    assert {look.detail["surface"] for look in looks} == {"api parties", "api positions", "api balances"}
