"""Who answers for whose access in a quarter: the nearest supervisor above; for restricted customers compliance."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet

from crm.models import Customer, CustomerUserObjectPermission, Recertification, RecertificationItem
from crm.selectors.restricted import compliance_people
from finpulse.identity.models import Cover, User
from finpulse.identity.roles import SEES_CUSTOMERS
from finpulse.identity.selectors.people import people_with
from finpulse.kernel.access.grants import in_force

Kind = RecertificationItem.Kind


@dataclass(frozen=True)
class Reviewers:
    """Everybody who answers for the access of others. Nobody answers for himself."""

    supervisors: list[User]
    compliance: list[User]

    def everybody(self) -> Iterable[User]:
        """Give each once."""
        return {user.pk: user for user in (*self.supervisors, *self.compliance)}.values()

    def items(self, made: Recertification) -> Iterable[RecertificationItem]:
        """Give what stands on this reviewer's list."""
        if made.reviewer in self.supervisors:
            yield from self._of_unit(made, made.reviewer)
        if made.reviewer in self.compliance:
            yield from self._of_restricted(made, made.reviewer)

    def _of_unit(self, made: Recertification, reviewer: User) -> Iterable[RecertificationItem]:
        below = people_with(SEES_CUSTOMERS).filter(unit__path__startswith=_path(reviewer)).select_related("unit")
        people = [user for user in below if self._nearest(user, _path(user)) == reviewer]
        for user in people:
            yield RecertificationItem(recertification=made, kind=Kind.PERSON, person=user)
        for cover in Cover.objects.in_force().filter(covered__in=people).select_related("coverer").order_by("pk"):
            yield RecertificationItem(recertification=made, kind=Kind.COVER, person=cover.coverer, cover=cover)
        below_him = Customer.objects.filter(unit__path__startswith=_path(reviewer), restricted=False)
        for grant in _opening(below_him):
            unit = grant.content_object.unit
            if unit is not None and self._nearest(grant.user, unit.path) == reviewer:
                yield RecertificationItem(recertification=made, kind=Kind.GRANT, person=grant.user, grant=grant)

    def _of_restricted(self, made: Recertification, reviewer: User) -> Iterable[RecertificationItem]:
        seen: QuerySet[Customer] = Customer.objects.visible_to(reviewer).filter(restricted=True)
        for grant in _opening(seen):
            if self._of_compliance(grant) == reviewer:
                yield RecertificationItem(recertification=made, kind=Kind.GRANT, person=grant.user, grant=grant)

    def _nearest(self, person: User, path: str) -> User | None:
        above = [user for user in self.supervisors if user.pk != person.pk and path.startswith(_path(user))]
        return max(above, key=lambda user: (len(_path(user)), -user.pk), default=None)

    def _of_compliance(self, grant: CustomerUserObjectPermission) -> User | None:
        """Give one of them, another than has opened the customer where there is another; each his share."""
        able = [user for user in self.compliance if user.pk != grant.user_id]
        able = [user for user in able if user.pk != grant.granted_by_id] or able
        return able[grant.pk % len(able)] if able else None


def reviewers_of_today() -> Reviewers:
    """Give who answers now."""
    supervisors = people_with({"supervisor"}).filter(unit__isnull=False).select_related("unit")
    return Reviewers(list(supervisors), list(compliance_people()))


def _opening(customers: QuerySet[Customer]) -> QuerySet[CustomerUserObjectPermission]:
    opened = CustomerUserObjectPermission.objects.filter(
        in_force(), permission__codename="view_customer", content_object__in=customers.order_by()
    )
    return opened.select_related("user", "content_object__unit").order_by("pk")


def _path(user: User) -> str:
    return user.unit.path if user.unit is not None else ""
