"""Who may see a customer, and why: `visible_to` asked from the customer's side."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Case, CharField, Count, Exists, F, OuterRef, Q, QuerySet, Value, When

from crm.models import CoverCustomer, Customer, CustomerGroupObjectPermission, CustomerUserObjectPermission
from finpulse.identity.models import Cover, User
from finpulse.identity.roles import ROLES, Reach
from finpulse.kernel.access.grants import in_force

_PERMISSION = {"codename": "view_customer", "content_type__app_label": "crm"}
# Of each reason so many are named, and how many more there are is said.
MOST_NAMED = 50


@dataclass(frozen=True)
class Seers:
    """The people by reason. `manager` only if he sees; `roles` are pairs of a role in words and how many hold it."""

    manager: User | None = None
    covers: list[Cover] = field(default_factory=list)
    supervisors: list[User] = field(default_factory=list)
    grants: list[CustomerUserObjectPermission] = field(default_factory=list)
    role_grants: list[CustomerGroupObjectPermission] = field(default_factory=list)
    roles: list[tuple[str, int]] = field(default_factory=list)
    more: frozenset[str] = frozenset()


def customer_seers(customer: Customer) -> QuerySet[User]:
    """Give everybody who may see the customer: by his role at all, and by any of the reasons at this moment."""
    reasons = [
        Q(pk__in=_manager(customer).values("pk")),
        Q(pk__in=_covers(customer).values("coverer")),
        Q(pk__in=_supervisors(customer).values("pk")),
        Q(pk__in=_grants(customer).values("user")),
        Q(groups__in=_role_grants(customer).values("group")),
        Q(_holds_one_of(_see_all(customer))),
    ]
    return _holders().filter(reduce(or_, reasons)).distinct()


def seers_by_reason(customer: Customer) -> Seers:
    """Give the same for a page, each reason with its facts: six queries, whatever the bank's size."""
    covers = _covers(customer).select_related("coverer", "covered", "given_by").order_by("ends_at", "pk")
    supervisors = _supervisors(customer).select_related("unit").order_by("-unit__path", "username")
    grants = _grants(customer).select_related("user", "granted_by").order_by("user__username", "pk")
    role_grants = _role_grants(customer).select_related("group", "granted_by").order_by("group__name", "pk")
    more: set[str] = set()
    return Seers(
        manager=_manager(customer).first(),
        covers=_some("covers", covers, more),
        supervisors=_some("supervisors", supervisors, more),
        grants=_some("grants", grants, more),
        role_grants=_some("role_grants", role_grants, more),
        roles=_counted(_see_all(customer)),
        more=frozenset(more),
    )


def own_grants(customer: Customer, user: User) -> list[CustomerUserObjectPermission]:
    """Give the grants that open the customer to this user by name."""
    return list(_grants(customer).filter(user=user).select_related("user", "granted_by"))


def own_covers(customer: Customer, user: User) -> list[Cover]:
    """Give the covers through which this user reaches the customer now."""
    return list(_covers(customer).filter(coverer=user).select_related("coverer", "covered", "given_by"))


def _some(name: str, rows: QuerySet[Any], more: set[str]) -> list[Any]:
    read = list(rows[: MOST_NAMED + 1])
    if len(read) > MOST_NAMED:
        more.add(name)
    return read[:MOST_NAMED]


def _manager(customer: Customer) -> QuerySet[User]:
    return _holders().filter(pk__in=[customer.manager_id] if customer.manager_id else [])


def _holders() -> QuerySet[User]:
    """Give who may see customers at all."""
    users: QuerySet[User] = User.objects.filter(_holds_one_of(ROLES), is_active=True)
    return users


def _holds_one_of(names: Iterable[str], of: str = "pk") -> Exists:
    held = {f"group__permissions__{column}": value for column, value in _PERMISSION.items()}
    return Exists(User.groups.through.objects.filter(user=OuterRef(of), group__name__in=list(names), **held))


def _covers(customer: Customer) -> QuerySet[Cover]:
    running = Cover.objects.in_force().filter(covered=customer.manager_id, coverer__in=_holders())
    # A leaver without any role is bridged (finpulse/identity/standing_in.py).
    left = ~Exists(User.groups.through.objects.filter(user=OuterRef("covered")))
    lent = running.filter(_holds_one_of(ROLES, of="covered") | left)
    named = Q(pk__in=CoverCustomer.objects.filter(customer=customer).values("cover"))
    covers: QuerySet[Cover] = lent.filter(named if customer.restricted else named | Q(scope=Cover.Scope.ALL))
    return covers


def _supervisors(customer: Customer) -> QuerySet[User]:
    if customer.restricted or customer.unit is None:
        return _holders().none()
    above = [int(key) for key in customer.unit.path.split("/") if key]
    return _holders().filter(_holds_one_of(_reaching(Reach.UNIT)), unit__in=above)


def _grants(customer: Customer) -> QuerySet[CustomerUserObjectPermission]:
    grants = CustomerUserObjectPermission.objects.filter(in_force(), content_object=customer, user__in=_holders())
    return grants.filter(permission__codename="view_customer").annotate(editable=Exists(_to_change(grants)))


def _to_change(grants: QuerySet[Any]) -> QuerySet[Any]:
    return grants.filter(permission__codename="change_customer", user=OuterRef("user"))


def _role_grants(customer: Customer) -> QuerySet[CustomerGroupObjectPermission]:
    grants = CustomerGroupObjectPermission.objects.filter(in_force(), content_object=customer)
    labels = [When(group__name=name, then=Value(role.label)) for name, role in ROLES.items()]
    label = Case(*labels, default=F("group__name"), output_field=CharField())
    return grants.filter(permission__codename="view_customer").annotate(role_label=label)


def _see_all(customer: Customer) -> list[str]:
    return _reaching(Reach.ALL_AND_RESTRICTED, *(() if customer.restricted else (Reach.ALL,)))


def _reaching(*reaches: Reach) -> list[str]:
    return [name for name, role in ROLES.items() if role.reach in reaches]


def _counted(names: list[str]) -> list[tuple[str, int]]:
    held = {f"group__permissions__{column}": value for column, value in _PERMISSION.items()}
    rows = User.groups.through.objects.filter(user__is_active=True, group__name__in=names, **held)
    counts = dict(rows.values_list("group__name").annotate(number=Count("user", distinct=True)))
    return [(ROLES[name].label, counts.get(name, 0)) for name in names]
