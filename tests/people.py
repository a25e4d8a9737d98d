"""The people of every test: who they are is written once, in the demo bank."""

from __future__ import annotations

from types import SimpleNamespace

from crm.models import Customer, HoldingParty
from crm.tests.factories import CustomerFactory, HoldingFactory, PartyFactory
from finpulse.identity.demo_accounts import DEMO_ACCOUNTS
from finpulse.identity.models import Unit, User
from finpulse.identity.services import unit_place, user_set_roles


def make_units() -> dict[str, Unit]:
    """Head office with North and South below it."""
    head, _ = unit_place(code="HEAD", name="Head office", kind="HEAD_OFFICE", parent=None, actor=None)
    north, _ = unit_place(code="NORTH", name="North", kind="BRANCH", parent=head, actor=None)
    south, _ = unit_place(code="SOUTH", name="South", kind="BRANCH", parent=head, actor=None)
    return {"HEAD": head, "NORTH": north, "SOUTH": south}


def make_people(units: dict[str, Unit]) -> SimpleNamespace:
    """alice, bob, charlie, dana, erin, frank, grace, heidi and script, with their roles."""
    people = SimpleNamespace()
    for account in DEMO_ACCOUNTS:
        user = User.objects.create_user(
            account.username,
            email=account.email,
            first_name=account.given_name,
            last_name=account.family_name,
            unit=units[account.unit],
        )
        user_set_roles(user=user, names=account.roles, actor=None, reason="a test")
        setattr(people, account.username, User.objects.with_access().get(pk=user.pk))
    return people


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
