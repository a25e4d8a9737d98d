"""What claims give, and who would hear of a change of that."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery

from finpulse.identity.models import ClaimKind, ClaimMapping, ClaimSeen, Unit, User
from finpulse.identity.roles import ROLES
from finpulse.kernel.proposals.models import WAITING, Proposal

MOST_UNMAPPED = 20


def roles_given(issuer: str, values: Iterable[str]) -> frozenset[str]:
    """Give the roles that these values of the role claim give by the table.

    In the local settings a value that is a role's name, and that no line gives anything for, gives that role.
    """
    claimed = frozenset(values)
    rows = ClaimMapping.objects.filter(issuer=issuer, kind=ClaimKind.ROLE, value__in=claimed).exclude(role="")
    given = dict(rows.values_list("value", "role"))
    names = claimed - given.keys() if settings.OIDC_ROLE_NAMES_COUNT else frozenset()
    return frozenset(given.values()) | names & frozenset(ROLES)


def unit_given(issuer: str, value: str) -> Unit | None:
    """Give the unit that this value of the unit claim gives: as the table says, or else the one of this code."""
    if not value:
        return None
    row = ClaimMapping.objects.filter(issuer=issuer, kind=ClaimKind.UNIT, value=value).select_related("unit").first()
    return row.unit if row is not None and row.unit_id else Unit.objects.filter(code=value).first()


def people_claimed(mapping: ClaimMapping) -> QuerySet[User]:
    """Give the people of whom the provider claimed this value at their last sign-in."""
    claimed = ClaimSeen.objects.filter(user=OuterRef("pk"), kind=mapping.kind, value=mapping.value)
    people: QuerySet[User] = User.objects.filter(Exists(claimed), oidc_issuer=mapping.issuer, is_active=True)
    return people


def with_people(mappings: QuerySet[ClaimMapping]) -> QuerySet[ClaimMapping]:
    """Annotate `people`: of how many active users each value was claimed; None for nobody."""
    claimed = ClaimSeen.objects.filter(
        kind=OuterRef("kind"), value=OuterRef("value"), user__oidc_issuer=OuterRef("issuer"), user__is_active=True
    )
    counted = claimed.order_by().values("kind").annotate(number=Count("pk")).values("number")
    return mappings.annotate(people=Subquery(counted))


@dataclass(frozen=True)
class Waiting:
    """A proposal that waits, and what the value would give by it, "" for nothing."""

    proposal: Proposal
    gives: str


def waiting_for(mappings: Iterable[ClaimMapping]) -> dict[int, Waiting]:
    """Give what is proposed of these values and not yet done, by their ids, in two queries."""
    keys = [mapping.pk for mapping in mappings]
    rows = Proposal.objects.filter(WAITING, subject_type="identity.claimmapping", subject_id__in=keys)
    proposals = list(rows.select_related("proposed_by"))
    units = Unit.objects.in_bulk([row.payload["unit"] for row in proposals if row.payload["unit"]])
    return {row.subject_id: Waiting(row, _gives(row.payload, units)) for row in proposals}


def _gives(payload: Mapping[str, Any], units: Mapping[int, Unit]) -> str:
    return ROLES[payload["role"]].label if payload["role"] else str(units.get(payload["unit"], ""))


@dataclass(frozen=True)
class Unmapped:
    """A value that the provider claims and that gives nothing by the table."""

    kind: str
    claim: str
    value: str
    people: int


def claims_unmapped() -> list[Unmapped]:
    """Give the values of the role claim that no line of the table gives anything for, the most frequent first."""
    given = ClaimMapping.objects.filter(issuer=settings.OIDC_ISSUER, kind=OuterRef("kind"), value=OuterRef("value"))
    rows = (
        ClaimSeen.objects.filter(kind=ClaimKind.ROLE, user__oidc_issuer=settings.OIDC_ISSUER)
        .exclude(Exists(given.filter(~Q(role="") | Q(unit__isnull=False))))
        .values("kind", "value")
        .annotate(people=Count("pk"))
        .order_by("-people", "value")[:MOST_UNMAPPED]
    )
    return [Unmapped(row["kind"], ClaimKind(row["kind"]).label, row["value"], row["people"]) for row in rows]
