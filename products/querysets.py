"""Products on offer, and the rates of a day."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Self

from django.db.models import Case, DecimalField, OuterRef, Q, QuerySet, Subquery, When


class RateQuerySet(QuerySet[Any]):
    """Rates."""

    def in_force(self, day: date) -> Self:
        """Rates of this day (half-open)."""
        return self.filter(Q(valid_until__isnull=True) | Q(valid_until__gt=day), valid_from__lte=day)

    def standing(self) -> Self:
        """Rates that stand by themselves: no bonus, discount, penalty or introductory offer."""
        return self.filter(type__in=self.model.BASE_TYPES)


class ProductQuerySet(QuerySet[Any]):
    """Products."""

    def on_offer(self, now: datetime) -> Self:
        """Products that may be taken at this moment (half-open)."""
        begun = Q(effective_from_at__isnull=True) | Q(effective_from_at__lte=now)
        not_ended = Q(effective_until_at__isnull=True) | Q(effective_until_at__gt=now)
        return self.filter(begun & not_ended)

    def with_best_rate(self, day: date) -> Self:
        """Annotate `best_rate`, the day's best standing rate for the customer as a fraction per year.

        The highest paid to him, or on lending the lowest that he pays; empty where the bank publishes none.
        """
        from products.models import Rate

        rates = Rate.objects.in_force(day).standing().filter(product=OuterRef("pk"))
        deposit = rates.filter(side=Rate.Side.DEPOSIT).order_by("-rate").values("rate")[:1]
        lending = rates.filter(side=Rate.Side.LENDING).order_by("rate").values("rate")[:1]
        return self.annotate(
            best_rate=Case(
                When(category__in=self.model.LENDING, then=Subquery(lending)),
                default=Subquery(deposit),
                output_field=DecimalField(max_digits=9, decimal_places=6),
            )
        )
