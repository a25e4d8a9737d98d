"""Whose customers they are, and who works there."""

from itertools import groupby

import pytest
from django.conf import settings
from django.db.models import Count

from crm.demo.books import Books
from crm.demo.circles import AT_A_TIME, circle_of, rank
from crm.demo.plan import DemoPlan
from crm.demo.staff import Colleague, Staff
from crm.models import Customer, HoldingParty
from crm.tests.demo.conftest import TODAY
from finpulse.identity.demo_accounts import DEMO_ACCOUNTS, PASSWORD
from finpulse.identity.models import Unit, User


def test_demo_accounts_can_sign_in_both_ways(seed):
    seed(30)
    for account in DEMO_ACCOUNTS:
        user = User.objects.with_access().get(username=account.username)
        assert user.check_password(PASSWORD)
        assert user.access.roles == set(account.roles)
        assert (user.oidc_issuer, user.oidc_subject) == (settings.OIDC_ISSUER, account.username)
        assert (user.unit.code, user.email, user.is_staff) == (account.unit, account.email, True)


def test_an_account_that_the_sign_in_made_before_gets_unit_and_password(seed):
    early = User.objects.create_user("alice", oidc_issuer=settings.OIDC_ISSUER, oidc_subject="alice")
    seed(30)
    alice = User.objects.get(username="alice")
    assert (alice.pk, alice.unit.code, alice.check_password(PASSWORD)) == (early.pk, "NORTH", True)


def test_north_and_south_lie_below_the_head_office(seed):
    seed(30)
    assert dict(Unit.objects.values_list("code", "parent__code")) == {"HEAD": None, "NORTH": "HEAD", "SOUTH": "HEAD"}


def test_more_managers_bring_more_branches_in_regions(seed):
    seed(60, managers=45)
    assert User.objects.filter(username__startswith="m0", groups__name="customer_manager").count() == 45
    assert not User.objects.get(username="m0001").has_usable_password()
    assert Unit.objects.get(code="BRANCH03").parent.parent.code == "HEAD"


@pytest.mark.parametrize("customers", [1500, 3000, 1_000_000])
def test_alices_book_holds_about_a_thousand_in_any_bank(customers):
    assert 1000 <= DemoPlan(today=TODAY, customers=customers).book("alice") <= 1050


def test_the_books_of_a_bank_of_1500_are_as_planned(seed):
    seed(1500)
    books = dict(Customer.objects.values_list("manager__username").annotate(Count("pk")))
    assert 1000 <= books["alice"] <= 1050
    assert books["bob"] >= 150
    assert books["charlie"] >= 150
    assert sum(books.values()) == 1500
    assert {unit for (unit,) in Customer.objects.filter(manager=None).values_list("unit__code")} == {"NORTH", "SOUTH"}
    assert not Customer.objects.filter(manager__username="alice").exclude(unit__code="NORTH").exists()


def test_every_customer_of_a_large_bank_has_one_desk_and_books_are_of_a_thousand():
    plan = DemoPlan(today=TODAY, customers=40_000)
    accounts = {name: Colleague(number, 1) for number, name in enumerate(("alice", "bob", "charlie"), start=1)}
    managers = [Colleague(10 + number, 1) for number in range(plan.further_managers)]
    books = Books(plan, Staff(accounts, managers, {1: "NORTH"}), {1: "alice", 2: "charlie"})
    sizes = {}
    for number in range(1, plan.customers + 1):
        desk = books.desk(number)
        sizes[desk.manager_id] = sizes.get(desk.manager_id, 0) + 1
    assert (sizes.pop(1), sizes.pop(2), sizes.pop(3)) == (1024, 320, 280)
    assert sizes.pop(None) == plan.pooled
    assert len(sizes) == plan.further_managers
    assert all(900 <= size <= 1000 for size in sizes.values())


@pytest.mark.parametrize("count", [1, 9, 250, 260, 2000, 2001, 4777])
def test_every_rank_is_taken_once_and_circles_stand_together(count):
    ranks = [rank(place, count) for place in range(count)]
    assert sorted(ranks) == list(range(count))
    by_rank = [(place // AT_A_TIME, circle_of(place)) for _, place in sorted(zip(ranks, range(count), strict=True))]
    assert len(list(groupby(by_rank))) == len(set(by_rank))


@pytest.mark.parametrize("customers", [0, 1, 2, 19, 25, 31])
def test_a_tiny_bank_is_a_bank(seed, customers):
    assert seed(customers).made.get("customers", 0) == customers


def test_each_demo_manager_has_one_restricted_customer_at_most_and_a_joint_holding_spans_units(seed):
    seed(60)
    restricted = Customer.objects.filter(restricted=True, manager__username__in=["alice", "bob", "charlie"])
    assert list(restricted.order_by("customer_no").values_list("manager__username", flat=True)) == ["bob", "alice"]
    joint = HoldingParty.objects.get(holding__holding_no="DH000001", role="JOINT")
    assert (joint.holding.customer.customer_no, joint.customer.customer_no) == ("DC000001", "DC000002")
    assert (joint.holding.customer.unit.code, joint.customer.unit.code) == ("NORTH", "SOUTH")
    assert joint.customer.manager.username == "charlie"
