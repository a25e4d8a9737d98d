"""The demo bank's units and people."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import NamedTuple

from django.conf import settings
from django.contrib.auth.hashers import make_password

from crm.demo.plan import DemoPlan
from finpulse.identity.demo_accounts import DEMO_ACCOUNTS, PASSWORD, DemoAccount
from finpulse.identity.models import Unit, User
from finpulse.identity.services import unit_place, user_bind_sign_in, user_set_roles

REASON = "the demo bank"
_BRANCHES_OF_REGION = 8


class Colleague(NamedTuple):
    """A user's id with his unit's."""

    id: int
    unit_id: int | None


class Staff(NamedTuple):
    """Who works there: demo accounts by username, further managers in order, codes of the branches by id."""

    accounts: dict[str, Colleague]
    managers: list[Colleague]
    branches: dict[int, str]


def hire(plan: DemoPlan) -> Staff:
    """Make what is missing of units and people. Who is there keeps his password; his roles are set right."""
    head, branches = _units(plan.branches)
    units = {unit.code: unit for unit in (head, *branches)}
    accounts = {name: Colleague(user.pk, user.unit_id) for name, user in _demo_accounts(units).items()}
    managers = [Colleague(user.pk, user.unit_id) for user in _managers(plan.further_managers, branches)]
    return Staff(accounts, managers, {unit.pk: unit.code for unit in branches})


def _units(count: int) -> tuple[Unit, list[Unit]]:
    head = _unit("HEAD", "Head office", Unit.Kind.HEAD_OFFICE, None)
    branches = [_unit(name.upper(), name, Unit.Kind.BRANCH, head) for name in ("North", "South")]
    for number in range(3, count + 1):
        region = -(-(number - 2) // _BRANCHES_OF_REGION)
        parent = _unit(f"REGION{region}", f"Region {region}", Unit.Kind.REGION, head)
        branches.append(_unit(f"BRANCH{number:02d}", f"Branch {number}", Unit.Kind.BRANCH, parent))
    return head, branches


def _unit(code: str, name: str, kind: Unit.Kind, parent: Unit | None) -> Unit:
    return unit_place(code=code, name=name, kind=kind, parent=parent, actor=None)[0]


def _demo_accounts(units: dict[str, Unit]) -> dict[str, User]:
    known = {
        user.username: user for user in User.objects.filter(username__in=[each.username for each in DEMO_ACCOUNTS])
    }
    without = [
        each for each in DEMO_ACCOUNTS if each.username not in known or not known[each.username].has_usable_password()
    ]
    # Each hash takes a third of a second by design, outside Python's lock.
    with ThreadPoolExecutor() as pool:
        hashes = dict(
            zip([each.username for each in without], pool.map(make_password, [PASSWORD] * len(without)), strict=True)
        )
    return {
        each.username: _demo_account(each, known.get(each.username), hashes.get(each.username), units)
        for each in DEMO_ACCOUNTS
    }


def _demo_account(account: DemoAccount, user: User | None, password: str | None, units: dict[str, Unit]) -> User:
    if user is None:
        user = User.objects.create(
            username=account.username,
            email=account.email,
            first_name=account.given_name,
            last_name=account.family_name,
            unit=units[account.unit],
            password=password,
        )
    elif password is not None:
        User.objects.filter(pk=user.pk).update(password=password)
    if user.unit_id is None:
        User.objects.filter(pk=user.pk).update(unit=units[account.unit])
    user = user_set_roles(user=user, names=account.roles, actor=None, reason=REASON)
    user_bind_sign_in(user=user, issuer=settings.OIDC_ISSUER, subject=account.username, actor=None)
    return user


def _managers(count: int, branches: list[Unit]) -> list[User]:
    names = [f"m{number:04d}" for number in range(1, count + 1)]
    known = {user.username: user for user in User.objects.filter(username__in=names)}
    return [known.get(name) or _manager(name, branches[index % len(branches)]) for index, name in enumerate(names)]


def _manager(username: str, unit: Unit) -> User:
    user = User(
        username=username,
        email=f"{username}@finpulse.example",
        first_name="Manager",
        last_name=username.upper(),
        unit=unit,
    )
    user.set_unusable_password()
    user.save()
    return user_set_roles(user=user, names=["customer_manager"], actor=None, reason=REASON)
