"""The page of a manager's book and of a unit's customers: what they have and owe together."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.contrib.admin import AdminSite
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from crm.admin.customer_filters import NOBODY, key_of
from crm.selectors.belonging import Cell, Column
from crm.selectors.gathered import Gathered
from crm.selectors.portfolio import Part, Portfolio, portfolio_of
from crm.selectors.rates import Rate, Rates
from crm.services import portfolio_viewed
from finpulse.identity.actor import actor_of

TILES = (
    Column("Business volume", "business_volume"),
    Column("Deposits", "deposits"),
    Column("Investments", "investments"),
    Column("Lending drawn", "lending_drawn"),
    Column("Net position", "net_position"),
    Column("Undrawn", "undrawn"),
    Column("Guarantees given", "guarantees"),
)
PARTS = (
    Column("Deposits", "deposits", wide=True),
    Column("Investments", "investments", wide=True),
    Column("Lending drawn", "lending_drawn", wide=True),
    Column("Business volume", "business_volume", wide=True),
    Column("Net position", "net_position"),
)
NOBODY_IN_CHARGE = "Nobody: the unit’s pool"


@dataclass(frozen=True)
class CurrencyRow:
    """One currency: the amounts in the order of the tiles, and what it was converted at."""

    currency: str
    amounts: list[Decimal | None]
    rate: Rate | None


@dataclass(frozen=True)
class PartRow:
    """A part with its figures in the base currency (no cells where it was not added up), and where it leads."""

    part: Part
    cells: list[Cell]

    @property
    def label(self) -> str:
        """Who or which it is."""
        return str(self.part.unit) if self.part.customers is None else str(self.part.manager or NOBODY_IN_CHARGE)

    @property
    def url(self) -> str:
        """The portfolio of it; the pool has none."""
        if self.part.customers is None:
            return address("crm_portfolio", unit=self.part.unit)
        return address("crm_portfolio", manager=self.part.manager) if self.part.manager else ""

    @property
    def list_url(self) -> str:
        """The list of its customers."""
        if self.part.customers is None:
            return address("crm_customer_changelist", unit=self.part.unit)
        return address("crm_customer_changelist", unit=self.part.unit, manager=self.part.manager or NOBODY)


def address(page: str, **named: Any) -> str:
    """Give the address of a page of the console that is narrowed to rows by their keys."""
    keys = {name: getattr(row, "pk", row) for name, row in named.items() if row is not None}
    return f"{reverse(f'admin:{page}')}?{urlencode(keys)}"


def urls(site: AdminSite) -> list[URLPattern]:
    """Mount the page beside the lists."""

    def page(request: HttpRequest) -> HttpResponse:
        return portfolio_page(site, request)

    return [path("crm/portfolio/", site.admin_view(page), name="crm_portfolio")]


@transaction.atomic
def portfolio_page(site: AdminSite, request: HttpRequest) -> HttpResponse:
    """Show the portfolio that `?unit=` or `?manager=` names, else the user's own; 404 for one out of his scope."""
    if not request.user.has_perm("crm.view_holding"):
        raise Http404("no holdings for this role")
    asked = {name: key_of(request.GET[name]) or 0 for name in ("unit", "manager") if request.GET.get(name)}
    found = portfolio_of(request.user, timezone.localdate(), unit_id=asked.get("unit"), manager_id=asked.get("manager"))
    if found is None:
        raise Http404("no such portfolio in scope")
    return _show(request, site, found)


@require_safe
def _show(request: HttpRequest, site: AdminSite, portfolio: Portfolio) -> HttpResponse:
    portfolio_viewed(portfolio=portfolio, actor=actor_of(request), surface="page")
    gathered, rates = portfolio.gathered or Gathered(), portfolio.rates
    context = {
        **site.each_context(request),
        "title": _title(request.user, portfolio),
        "portfolio": portfolio,
        "list_url": address("crm_customer_changelist", unit=portfolio.unit, manager=portfolio.manager),
        "is_own": portfolio.manager == request.user,
        "figures": gathered.figures,
        "tiles": _cells(gathered, TILES, rates),
        "currencies": _currencies(gathered, rates),
        "columns": PARTS,
        "named": TILES,
        "units": [_row(part, rates) for part in portfolio.units],
        "managers": [_row(part, rates) for part in portfolio.managers],
        "base": settings.BASE_CURRENCY,
    }
    return TemplateResponse(request, "crm/portfolio.html", context).render()


def _title(user: Any, portfolio: Portfolio) -> str:
    if portfolio.unit is not None:
        return f"Portfolio of {portfolio.unit}"
    return "My portfolio" if portfolio.manager == user else f"Portfolio of {portfolio.manager}"


def _cells(gathered: Gathered, columns: tuple[Column, ...], rates: Rates) -> list[Cell]:
    return [Cell(column, rates.convert(getattr(gathered.figures, column.figure))) for column in columns]


def _row(part: Part, rates: Rates) -> PartRow:
    return PartRow(part, _cells(part.gathered, PARTS, rates) if part.gathered else [])


def _currencies(gathered: Gathered, rates: Rates) -> list[CurrencyRow]:
    """Give the base currency first, then by code."""
    sums = [getattr(gathered.figures, column.figure) for column in TILES]
    codes = {currency for total in sums for currency in total.amounts}
    found = sorted(codes, key=lambda code: (code != rates.base, code))
    return [CurrencyRow(code, [total.of(code) for total in sums], rates.by_currency.get(code)) for code in found]
