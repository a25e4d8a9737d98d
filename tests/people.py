"""The people of every test: who they are is written once, in the demo bank."""

from __future__ import annotations

from types import SimpleNamespace

from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group

from crm.models import Customer, HoldingParty
from crm.tests.factories import CustomerFactory, HoldingFactory, PartyFactory
from finpulse.identity.demo_accounts import DEMO_ACCOUNTS
from finpulse.identity.models import Unit, User
from finpulse.identity.services import unit_place


def make_units() -> dict[str, Unit]:
    """Head office with North and South below it."""
    head, _ = unit_place(code="HEAD", name="Head office", kind="HEAD_OFFICE", parent=None, actor=None)
    north, _ = unit_place(code="NORTH", name="North", kind="BRANCH", parent=head, actor=None)
    south, _ = unit_place(code="SOUTH", name="South", kind="BRANCH", parent=head, actor=None)
    return {"HEAD": head, "NORTH": north, "SOUTH": south}


def make_people(units: dict[str, Unit]) -> SimpleNamespace:
    """alice, bob, charlie, dana, erin, frank, grace, heidi and script, with their roles.

    Facts, in a handful of statements: hundreds of tests begin with them.
    """
    groups = dict(Group.objects.values_list("name", "pk"))
    made = User.objects.bulk_create(
        User(
            username=account.username,
            password=make_password(None),
            email=account.email,
            first_name=account.given_name,
            last_name=account.family_name,
            unit=units[account.unit],
            is_staff=True,
        )
        for account in DEMO_ACCOUNTS
    )
    held = User.groups.through
    held.objects.bulk_create(
        held(user_id=user.pk, group_id=groups[role])
        for user, account in zip(made, DEMO_ACCOUNTS, strict=True)
        for role in account.roles
    )
    read = User.objects.with_access().filter(pk__in=[user.pk for user in made])
    return SimpleNamespace(**{user.username: user for user in read})


def make_bank(people: SimpleNamespace, units: dict[str, Unit]) -> SimpleNamespace:
    """One customer in each position towards alice, a joint holding over two units, a restricted customer.

    The family name of each is its marker: it may appear only where the customer may be seen.
    """
    north, south = units["NORTH"], units["SOUTH"]
    bank = SimpleNamespace(
        own=CustomerFactory(manager=people.alice, unit=north, family_name="Ownmarker"),
        same_unit=CustomerFactory(manager=people.bob, unit=north, family_name="Sameunitmarker"),
        other_unit=CustomerFactory(manager=people.charlie, unit=south, family_name="Otherunitmarker"),
        pool=CustomerFactory(manager=None, unit=north, family_name="Poolmarker"),
        restricted=CustomerFactory(manager=people.bob, unit=north, restricted=True, family_name="Restrictedmarker"),
    )
    bank.joint = HoldingFactory(customer=bank.own, name="Joint account")
    PartyFactory(holding=bank.joint, customer=bank.other_unit, role=HoldingParty.Role.JOINT)
    bank.holdings = {name: HoldingFactory(customer=customer) for name, customer in _customers(bank).items()}
    return bank


def _customers(bank: SimpleNamespace) -> dict[str, Customer]:
    return {name: row for name, row in vars(bank).items() if isinstance(row, Customer)}
