"""How a customer stands to others, as far as the reader may know them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, Subquery, TextField, Value, When
from django.db.models.functions import Cast, Coalesce, JSONObject

from crm.models import Customer, Relationship
from crm.querysets import runs_on

_KIND = Relationship.Kind
# What the other is, where this customer "is KIND" the other, and where the other "is KIND" this customer.
WORDS = {
    _KIND.SPOUSE: ("Spouse", "Spouse"),
    _KIND.PARTNER: ("Partner", "Partner"),
    _KIND.PARENT_OF: ("Child", "Parent"),
    _KIND.LEGAL_GUARDIAN_OF: ("Ward", "Legal guardian"),
    _KIND.ATTORNEY_OF: ("Attorney of", "Attorney"),
    _KIND.PARENT_COMPANY_OF: ("Subsidiary", "Parent company"),
    _KIND.SHAREHOLDER_OF: ("Shareholder of", "Shareholder"),
    _KIND.BENEFICIAL_OWNER_OF: ("Beneficial owner of", "Beneficial owner"),
    _KIND.DIRECTOR_OF: ("Director of", "Director"),
    _KIND.SIGNATORY_OF: ("Signatory of", "Signatory"),
    _KIND.OTHER: ("Connected with", "Connected with"),
}
_ORDER = {kind: place for place, kind in enumerate(WORDS)}
SYMMETRIC = (_KIND.SPOUSE, _KIND.PARTNER, _KIND.OTHER)
MOST_READ = 100


@dataclass(frozen=True)
class Relation:
    """One relationship from this customer's side. `other` is None for one out of the reader's scope."""

    kind: str
    words: str
    share: Decimal | None
    since_on: date | None
    until_on: date | None
    other: Customer | None

    def runs_on(self, day: date) -> bool:
        """Tell whether it is in force (half-open)."""
        return runs_on(self, day)


def relations_read(user: Any) -> ArraySubquery:
    """Give a customer's relationships as an annotation of a query over customers; who the other is, by scope.

    Those with a restricted customer out of scope are not among them.
    """
    other = Case(When(customer=OuterRef("pk"), then=F("related")), default=F("customer"))
    rows = Relationship.objects.filter(Q(customer=OuterRef("pk")) | Q(related=OuterRef("pk"))).alias(other=other)
    rows = rows.filter(other=Customer.objects.known_to(user).looked_up("other")).exclude(Exists(_told_before()))
    seen = Customer.objects.visible_to(user).filter(pk=OuterRef("other")).values(facts=_WHO)
    facts = JSONObject(
        kind=F("kind"),
        told_by_this=Case(When(customer=OuterRef("pk"), then=Value(True)), default=Value(False)),
        share=Cast("share", TextField()),
        since_on=F("since_on"),
        until_on=F("until_on"),
        other=Subquery(seen[:1]),
    )
    return ArraySubquery(rows.order_by("pk").values(facts=facts)[:MOST_READ])


def relations_of(facts: list[Mapping[str, Any]]) -> list[Relation]:
    """Give the relationships from what `relations_read` annotated, family first."""
    found = map(_relation, facts)
    return sorted(found, key=lambda relation: (_ORDER[Relationship.Kind(relation.kind)], relation.words))


_NAMED = ("kind", "given_name", "family_name", "organisation_name", "customer_no")
_WHO = JSONObject(pk=F("pk"), **{name: F(name) for name in _NAMED})


def _relation(fact: Mapping[str, Any]) -> Relation:
    days = {name: date.fromisoformat(fact[name]) if fact[name] else None for name in ("since_on", "until_on")}
    return Relation(
        kind=fact["kind"],
        words=WORDS[Relationship.Kind(fact["kind"])][0 if fact["told_by_this"] else 1],
        share=Decimal(fact["share"]) if fact["share"] is not None else None,
        other=Customer(**fact["other"]) if fact["other"] else None,
        **days,
    )


def _told_before() -> QuerySet[Relationship]:
    """Give the same relationship as the other has told it: "A spouse of B" and "B spouse of A" are one."""
    ends = {"customer": OuterRef("related"), "related": OuterRef("customer")}
    same = Relationship.objects.filter(**ends, kind=OuterRef("kind"), kind__in=SYMMETRIC, pk__lt=OuterRef("pk"))
    # One that ended and one that runs are two.
    before: QuerySet[Relationship] = same.alias(end=_end(F("until_on"))).filter(end=_end(OuterRef("until_on")))
    return before


def _end(day: F) -> Coalesce:
    return Coalesce(day, Value(date.max))
