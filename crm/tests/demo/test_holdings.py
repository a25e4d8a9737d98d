"""What the customers have and owe."""

from collections import defaultdict
from datetime import timedelta
from decimal import Decimal

import pytest
from django.db.models import Count, F, Sum

from crm.demo.currencies import WORTH
from crm.ibans import is_iban
from crm.models import Customer, Holding, HoldingParty, Interaction, Task
from crm.tests.demo.conftest import TODAY
from finpulse.kernel.money import in_minor_units

pytestmark = pytest.mark.usefixtures("bank_of_1500")


def test_there_are_about_five_a_customer_of_every_kind_and_status():
    assert 4.5 < Holding.objects.count() / Customer.objects.count() < 5.5
    assert set(Holding.objects.values_list("kind", flat=True)) == set(Holding.Kind.values)
    assert set(Holding.objects.values_list("status", flat=True)) == set(Holding.Status.values)
    assert set(Holding.objects.values_list("currency", flat=True)) == set(WORTH)
    assert set(HoldingParty.objects.values_list("role", flat=True)) == set(HoldingParty.Role.values)


def test_something_of_alices_matures_around_today():
    hers = Holding.objects.filter(customer__manager__username="alice", status="ACTIVE", kind="TERM_DEPOSIT")
    day = timedelta(days=1)
    assert hers.filter(matures_on=TODAY - day).exists()
    assert hers.maturing(since=TODAY, until=TODAY + 3 * day).count() >= 2
    assert hers.maturing(since=TODAY, until=TODAY + 30 * day).count() >= 5
    showcase = hers.get(customer__customer_no="DC000001")
    assert (showcase.matures_on, showcase.balance) == (TODAY + 3 * day, Decimal("850000.00"))


def test_debts_are_negative_and_assets_are_not():
    assert not Holding.objects.filter(kind__in=["LOAN", "CARD"], balance__gt=0).exists()
    assert not Holding.objects.filter(kind__in=["TERM_DEPOSIT", "INVESTMENT"], balance__lt=0).exists()
    assert Holding.objects.filter(kind="ACCOUNT", balance__lt=0).exists()
    assert not Holding.objects.filter(status="CLOSED").exclude(balance=0).exists()


def test_some_balances_are_not_known_and_then_have_no_date():
    unknown = Holding.objects.filter(balance=None)
    assert 0.005 < unknown.count() / Holding.objects.count() < 0.05
    assert not unknown.exclude(balance_as_of=None).exists()
    assert not Holding.objects.exclude(balance=None).filter(balance_as_of=None).exists()


def test_sums_by_currency_are_plausible_for_such_a_bank():
    hers = Holding.objects.filter(customer__manager__username="alice", currency="CZK", balance__isnull=False)
    sums = dict(hers.values_list("kind").annotate(Sum("balance")))
    millions = {kind: float(amount) / 1e6 for kind, amount in sums.items()}
    assert 80 < millions["ACCOUNT"] < 500
    assert 40 < millions["TERM_DEPOSIT"] < 250
    assert -600 < millions["LOAN"] < -100
    assert -50 < millions["CARD"] < -1
    assert 20 < millions["INVESTMENT"] < 250


def test_amounts_are_in_the_currencys_own_minor_units():
    names = ("balance", "available", "credit_limit", "original_amount", "overdue_amount")
    for currency, *amounts in Holding.objects.values_list("currency", *names):
        assert all(amount is None or amount == in_minor_units(amount, currency) for amount in amounts), (
            currency,
            amounts,
        )
    dinars = Holding.objects.filter(currency="KWD", balance__isnull=False).values_list("balance", flat=True)
    assert any(amount != amount.quantize(Decimal("0.01")) for amount in dinars)


def test_a_believable_part_is_in_other_currencies():
    abroad = Holding.objects.exclude(currency="CZK")
    assert 0.06 < abroad.count() / Holding.objects.count() < 0.12
    assert set(abroad.values_list("kind", flat=True)) >= {"ACCOUNT", "TERM_DEPOSIT", "LOAN", "INVESTMENT"}


def test_ibans_of_accounts_pass_their_check_and_come_once():
    ibans = list(Holding.objects.filter(kind="ACCOUNT").values_list("iban", flat=True))
    assert all(is_iban(iban) and len(iban) == 24 and iban.startswith("CZ") and iban[4:8] == "9999" for iban in ibans)
    assert len(set(ibans)) == len(ibans)
    assert not Holding.objects.exclude(kind="ACCOUNT").exclude(iban="").exists()


def test_dates_and_statuses_agree():
    for each in Holding.objects.select_related("customer"):
        assert (each.closed_on is not None) == (each.status == "CLOSED"), each
        assert each.opened_on <= TODAY
        assert each.closed_on is None or each.closed_on <= TODAY
        if each.status == "MATURED":
            assert each.matures_on < TODAY
        if each.customer.status == "CLOSED":
            assert each.status == "CLOSED"
    assert not Holding.objects.filter(customer__status="PROSPECT").exists()


def test_every_holding_has_its_primary_owner_as_owner_and_nobody_twice():
    owners = HoldingParty.objects.filter(role="OWNER").values_list("holding", "customer")
    assert dict(owners) == dict(Holding.objects.values_list("pk", "customer"))
    assert not HoldingParty.objects.values("holding", "customer").annotate(n=Count("pk")).filter(n__gt=1).exists()


def test_shares_of_one_holding_are_of_the_whole():
    shared = Holding.objects.filter(parties__share__isnull=False)
    assert shared.count() > 50
    for holding in shared.distinct().prefetch_related("parties"):
        owning = [part for part in holding.parties.all() if part.role in HoldingParty.OWNING and part.share is not None]
        assert sum(part.share for part in owning) == 1
        assert all(part.until_on is None for part in owning)


def test_parts_of_every_other_role_have_ended_or_run():
    for role in ("JOINT", "AUTHORISED", "GUARANTOR"):
        parts = HoldingParty.objects.filter(role=role)
        assert parts.filter(until_on__lte=TODAY).exists(), role
        assert parts.filter(until_on=None).exists(), role
        assert not parts.filter(until_on__lte=F("since_on")).exists(), role


def test_undrawn_limits_are_there_of_each_kind_that_has_them():
    open_lines = Holding.objects.filter(credit_limit__gt=0, balance__gt=-F("credit_limit"), status="ACTIVE")
    assert set(open_lines.values_list("kind", flat=True)) == {"ACCOUNT", "LOAN", "CARD"}


def test_guarantors_guarantee_an_amount():
    guarantees = HoldingParty.objects.filter(role="GUARANTOR")
    assert guarantees.exists()
    assert not guarantees.filter(amount=None).exists()


def test_arrears_have_days_and_amount():
    late = Holding.objects.filter(days_past_due__gt=0)
    assert late.filter(days_past_due__gte=90).exists()
    assert not late.filter(overdue_amount=None).exists()
    assert set(late.values_list("kind", flat=True)) == {"ACCOUNT", "LOAN", "CARD"}
    assert not Holding.objects.filter(rate__gt=Decimal("0.3")).exists()


def test_my_day_is_alive_for_each_demo_manager():
    due = defaultdict(set)
    for username, due_on in Task.objects.filter(state="OPEN").values_list("assignee__username", "due_on"):
        days = (due_on - TODAY).days
        due[username].add("overdue" if days < 0 else "today" if days == 0 else "week" if days < 7 else "later")
    for username in ("alice", "bob", "charlie"):
        assert due[username] >= {"overdue", "today", "week"}, username


def test_the_showcase_is_rich():
    eliska = Customer.objects.get(customer_no="DC000001")
    held = Holding.objects.filter(customer=eliska)
    assert set(held.values_list("kind", flat=True)) == set(Holding.Kind.values)
    assert held.filter(currency="EUR").exists()
    assert held.filter(balance=None).exists()
    assert Task.objects.filter(customer=eliska, due_on=TODAY, state="OPEN").exists()
    assert Interaction.objects.filter(customer=eliska).count() >= 3


def test_nothing_was_said_in_the_future_or_by_strangers():
    for said in Interaction.objects.select_related("customer"):
        assert said.occurred_at.date() < TODAY
        assert said.author_id == said.customer.manager_id
