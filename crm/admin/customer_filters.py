"""The list of customers narrowed to a manager's or a unit's, where a portfolio leads to it."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from crm.models import Customer
from crm.pool_alert import IN_NOBODYS_CHARGE
from crm.selectors.portfolio import units_seen_by
from finpulse.identity.models import Unit, User

NOBODY, UNASSIGNED = IN_NOBODYS_CHARGE, "Unassigned"


class LedTo(admin.SimpleListFilter, ABC):
    """A filter that is shown while the address names it, and offers nothing but what it names."""

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """Give what is named in words; what the user does not see is told apart from nothing at all."""
        value = self.value()
        return [(value, self._words(request, value))] if value else []

    def value(self) -> str | None:
        """Give what the address names."""
        values = self.used_parameters.get(str(self.parameter_name))
        return str(values) if values else None

    @abstractmethod
    def _words(self, request: HttpRequest, value: str) -> str:
        """Say what is named, as far as the user sees it."""


def key_of(text: str) -> int | None:
    """Give a primary key that an address names; None for what is none."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < len(str(2**63)) else None


class ManagerFilter(LedTo):
    """Customers in one manager's charge, or in nobody's: that is offered to who assigns them."""

    title = "manager"
    parameter_name = "manager"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """Offer the pool, beside whoever is named."""
        named = super().lookups(request, model_admin)
        if self.value() == NOBODY or not request.user.has_perm("crm.add_assignment"):
            return named
        return [(NOBODY, UNASSIGNED), *named]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Customer]) -> QuerySet[Customer]:
        """Narrow to his customers."""
        if not (value := self.value()):
            return queryset
        if value == NOBODY:
            return queryset.filter(manager=None)
        key = key_of(value)
        return queryset.none() if key is None else queryset.filter(manager=key)

    def _words(self, request: HttpRequest, value: str) -> str:
        if value == NOBODY:
            return UNASSIGNED
        seen = Customer.objects.visible_to(request.user).filter(manager=key_of(value) or 0)
        return str(User.objects.filter(pk__in=seen.order_by().values("manager")[:1]).first() or "nobody you see")


class UnitFilter(LedTo):
    """Customers of a unit and of those below it."""

    title = "unit"
    parameter_name = "unit"

    def queryset(self, request: HttpRequest, queryset: QuerySet[Customer]) -> QuerySet[Customer]:
        """Narrow to the subtree, if the user sees that."""
        if not (value := self.value()):
            return queryset
        unit = self._unit(request, value)
        if unit is None:
            return queryset.none()
        below = Unit.objects.filter(path__startswith=unit.path).values_list("pk", flat=True)
        return queryset.filter(unit__in=list(below))

    def _words(self, request: HttpRequest, value: str) -> str:
        return str(self._unit(request, value) or "no unit you see")

    def _unit(self, request: HttpRequest, value: str) -> Any:
        return units_seen_by(request.user).filter(pk=key_of(value) or 0).first()
