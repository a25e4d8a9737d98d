"""Who sees which customer, and what hangs on customers. The only scoped root of the bank is here."""

from __future__ import annotations

from datetime import date
from typing import Any, Self

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import BooleanField, Count, Exists, F, Func, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from finpulse.identity.access import Access
from finpulse.identity.roles import Reach
from finpulse.identity.standing_in import StandIn
from finpulse.kernel.access import ScopedQuerySet
from finpulse.kernel.access.grants import in_force


class CustomerQuerySet(ScopedQuerySet):
    """Customers. Scope is a column first (domain.md, "Who may see what")."""

    def visible_to(self, user: Any) -> Self:
        """Customers in the user's charge, covered, in his subtree or all by role, and granted by name."""
        return self._seen_by(user, "crm.view_customer")

    def known_to(self, user: Any) -> Self:
        """Customers of whom the user may know that they are there: those he sees, and all who are not restricted."""
        access = access_of(user)
        told_of_all = access.reach_with("crm.view_customer") == Reach.ALL_AND_RESTRICTED
        reach = Reach.ALL_AND_RESTRICTED if told_of_all else Reach.ALL
        return self._within(user, reach, access.covers_with("crm.view_customer"), "view_customer")

    def worked_with_by(self, user: Any) -> Self:
        """Customers of whom the user may log: those he sees by a role that logs, read-only covers included."""
        return self._seen_by(user, "crm.add_interaction")

    def editable_by(self, user: Any) -> Self:
        """The same without read-only covers and grants to look only."""
        access = access_of(user)
        covers = access.covers_with("crm.change_customer", changing=True)
        return self._within(user, access.reach_with("crm.change_customer"), covers, "change_customer")

    def granted_to(self, user: Any) -> Self:
        """Customers opened to the user by name or to a role of his."""
        if not access_of(user).has_grants:
            return self.none()
        granted = self._granted(user, "view_customer")
        return self.filter(pk__in=granted[0].union(*granted[1:], all=True))

    def with_last_contact(self) -> Self:
        """Annotate `last_contact_at`, when somebody last spoke with each; whoever sees him sees that."""
        from crm.models import Interaction

        spoken = Interaction.objects.filter(customer=OuterRef("pk")).order_by("-occurred_at", "-pk")
        return self.annotate(last_contact_at=Subquery(spoken.values("occurred_at")[:1]))

    def with_open_tasks(self) -> Self:
        """Annotate `open_tasks`, how many wait with each."""
        from crm.models import Task

        waiting = Task.objects.filter(customer=OuterRef("pk"), state=Task.State.OPEN).order_by()
        counted = waiting.values("customer").annotate(number=Count("pk")).values("number")
        return self.annotate(open_tasks=Coalesce(Subquery(counted), 0))

    def _seen_by(self, user: Any, permission: str) -> Self:
        access = access_of(user)
        return self._within(user, access.reach_with(permission), access.covers_with(permission), "view_customer")

    def _within(self, user: Any, reach: Reach, covers: tuple[StandIn, ...], granted: str) -> Self:
        if not user.is_active:
            return self.none()
        if reach == Reach.ALL_AND_RESTRICTED:
            return self
        access = access_of(user)
        own = [Q(manager=user.pk)] if access.has_charge or reach in (Reach.NOTHING, Reach.OWN) else []
        own += [*_covered(covers), *self._opened(user, covers, granted)]
        if reach == Reach.ALL:
            return self.within(Q(restricted=False), *own)
        if reach == Reach.UNIT:
            return self.within(Q(unit__in=access.unit_ids, restricted=False), *own, walked=[*_units(access), *own])
        return self.within(*own, few=True)

    def _opened(self, user: Any, covers: tuple[StandIn, ...], granted: str) -> list[Q]:
        """Give the one condition of those who are opened by name, if any may be."""
        opened = [*(self._granted(user, granted) if access_of(user).has_grants else ()), *_named(covers)]
        return [Q(pk__in=opened[0].union(*opened[1:], all=True) if len(opened) > 1 else opened[0])] if opened else []

    def _granted(self, user: Any, codename: str) -> list[QuerySet[Any]]:
        from crm.models import CustomerGroupObjectPermission, CustomerUserObjectPermission

        of_user = CustomerUserObjectPermission.objects.filter(in_force(), user=user.pk)
        of_group = CustomerGroupObjectPermission.objects.filter(in_force(), group__user=user.pk)
        return [
            grants.filter(permission__codename=codename).order_by().values("content_object_id")
            for grants in (of_user, of_group)
        ]


def _covered(covers: tuple[StandIn, ...]) -> list[Q]:
    """Give the condition of each colleague of whom a cover opens all but the restricted."""
    covered = {cover.covered_id for cover in covers if cover.everybody}
    return [Q(manager=colleague, restricted=False) for colleague in sorted(covered)]


def _named(covers: tuple[StandIn, ...]) -> list[QuerySet[Any]]:
    """Give the keys of those named in the covers, in one query if any are: they count while the covered has them."""
    from crm.models import CoverCustomer

    keys = [cover.cover_id for cover in covers if cover.names]
    named = CoverCustomer.objects.filter(cover__in=keys, customer__manager=F("cover__covered"))
    return [named.order_by().values("customer_id")] if keys else []


def access_of(user: Any) -> Access:
    """Give the user's access; nobody signed in has none."""
    from finpulse.identity.access import NO_ACCESS

    return user.access if user.is_authenticated else NO_ACCESS


# Of so many units each is walked by itself; of more, whoever sees them sees enough of the whole bank to walk that.
_MOST_UNITS_APART = 12


def _units(access: Access) -> list[Q]:
    """Give the condition of a subtree, unit by unit as the index on units is in order."""
    if len(access.unit_ids) > _MOST_UNITS_APART:
        return [Q(unit__in=access.unit_ids, restricted=False)]
    return [Q(unit=unit_id, restricted=False) for unit_id in sorted(access.unit_ids)]


class OfCustomerQuerySet(ScopedQuerySet):
    """Rows that hang on one customer and share his scope."""

    scope_path = "customer"


class FeedDifferenceQuerySet(OfCustomerQuerySet):
    """Differences between FinPulse and the feed."""

    def unsettled(self) -> Self:
        """Those that nobody has settled yet."""
        return self.filter(settled="")

    def with_customer(self) -> Self:
        """Read the customer along, without what no list shows."""
        rows = self.select_related("customer")
        return rows.defer("customer__national_id", "customer__tax_id", "customer__search_text")


class OfHoldingQuerySet(ScopedQuerySet):
    """Rows that hang on one holding and share its scope."""

    scope_path = "holding"


class _AmongKeys(Func):
    template, arg_joiner = "%(expressions)s)", " = ANY ("
    output_field = BooleanField()


class RelationshipQuerySet(ScopedQuerySet):
    """Relationships. Whoever may see one of the two sees that the other is there; who that is, by that one's scope.

    Of a restricted customer out of scope not even that: the flag beats counts, and a line without a name is one.
    """

    def visible_to(self, user: Any) -> Self:
        """Give those with an end in scope and none of whom the user may not know."""
        from crm.models import Customer

        known = Customer.objects.known_to(user)
        return super().visible_to(user).filter(**{end: known.looked_up(end) for end in self.model.ENDS})

    def _inherit(self, question: str, user: Any) -> Self:
        from crm.models import Customer

        customers = getattr(Customer.objects.all(), question)(user)
        if customers.are_few:
            keys = ArraySubquery(customers.keys_in_scope())
            # As an array the keys are looked up in the index of each end; as rows the whole table would be joined.
            gathered = [Q(_AmongKeys(F(f"{end}_id"), keys)) for end in self.model.ENDS]
            return self.filter(gathered[0] | gathered[1])
        seen = [Q(**{end: customers.looked_up(end)}) for end in self.model.ENDS]
        return self.filter(seen[0] | seen[1])

    def of_customer(self, customer: Any) -> Self:
        """Relationships with this customer at either end."""
        return self.filter(Q(customer=customer) | Q(related=customer))

    def with_ends(self, user: Any) -> Self:
        """Annotate whether `customer_in_scope` and `related_in_scope`: of others nothing but the kind is shown."""
        from crm.models import Customer

        seen = Customer.objects.visible_to(user)
        return self.annotate(**{f"{end}_in_scope": Exists(seen.filter(pk=OuterRef(end))) for end in self.model.ENDS})


def valid_on(day: Any) -> Q:
    """Give the condition that a party's part runs on this day (half-open)."""
    return (Q(since_on__isnull=True) | Q(since_on__lte=day)) & (Q(until_on__isnull=True) | Q(until_on__gt=day))


def runs_on(row: Any, day: date) -> bool:
    """Tell the same of one that is read."""
    return (row.since_on is None or row.since_on <= day) and (row.until_on is None or row.until_on > day)


class HoldingPartyQuerySet(OfCustomerQuerySet):
    """Parts in holdings."""

    def owning(self) -> Self:
        """Parts that make a holding the customer's own today: OWNER and JOINT."""
        return self.filter(valid_on(timezone.localdate()), role__in=self.model.OWNING)


class HoldingQuerySet(ScopedQuerySet):
    """Holdings. Whoever may see an owner or a joint owner sees the holding."""

    def _inherit(self, question: str, user: Any) -> Self:
        from crm.models import Customer, HoldingParty

        customers = getattr(Customer.objects.all(), question)(user)
        owning = HoldingParty.objects.owning()
        if customers.are_few:
            return self.filter(pk__in=owning.filter(customer__in=customers.keys_in_scope()).values("holding"))
        # One value for one row, as in the kernel's `looked_up`: asked as holdings are walked.
        seen = owning.filter(customer__in=customers.values("pk"), holding=OuterRef("pk"))
        return self.filter(pk=Subquery(seen.values("holding")[:1]))

    def with_owner(self, user: Any) -> Self:
        """Read the primary owner along, and annotate whether he is `owner_in_scope`: of others no name is shown."""
        from crm.models import Customer

        owner = Customer.objects.visible_to(user).filter(pk=OuterRef("customer"))
        rows = self.select_related("customer").annotate(owner_in_scope=Exists(owner))
        return rows.defer("customer__national_id", "customer__tax_id", "customer__search_text")

    def owned_by(self, customer: Any) -> Self:
        """Holdings of which the customer is owner or joint owner today."""
        from crm.models import HoldingParty

        return self.filter(pk__in=HoldingParty.objects.owning().filter(customer=customer).values("holding"))

    def maturing(self, *, since: Any, until: Any) -> Self:
        """Active holdings whose last day lies in since..until, both included."""
        return self.filter(status="ACTIVE", matures_on__range=(since, until))

    def known_first(self) -> Self:
        """Largest balance first, unknown last."""
        return self.order_by(F("balance").desc(nulls_last=True), "pk")
