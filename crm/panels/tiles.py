"""Totals of what a customer has and owes, by docs/glossary.md."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.http import HttpRequest

from crm.models import Customer
from crm.panels.overview import overview_of, rates_for
from crm.selectors.figures import Figures
from crm.selectors.rates import Converted, Rate, Rates
from crm.selectors.sums import Sum
from finpulse.kernel.panels import Panel, on_page_of


@dataclass(frozen=True)
class Foreign:
    """What of a total is in another currency, and the rate it was converted at."""

    currency: str
    amount: Decimal
    rate: Rate


@dataclass(frozen=True)
class Tile:
    """A total in the base currency, what in it was converted, and what stands beside it in words."""

    label: str
    total: Converted
    foreign: list[Foreign]
    base: str
    beside: Mapping[str, Converted] = field(default_factory=dict)

    @property
    def is_nothing(self) -> bool:
        """Whether there is nothing to add up."""
        return self.total.amount is None and not self.total.not_convertible and not self.total.not_known

    @property
    def headline(self) -> tuple[str, Decimal | None]:
        """Currency and amount in large: where nothing can be converted, what is there in its own currency."""
        if self.total.amount is None and self.total.not_convertible:
            return next(iter(self.total.not_convertible.items()))
        return self.base, self.total.amount


@on_page_of("crm.customer", "crm.tiles")
class Tiles(Panel):
    """The totals."""

    template = "crm/panels/tiles.html"
    permission = "crm.view_holding"
    column = "tiles"
    weight = 10

    def context(self, request: HttpRequest, customer: Customer) -> dict[str, Any]:
        """Each total, and in one line of what days, sources and rates they are."""
        overview, rates = overview_of(request, customer), rates_for(customer)
        figures = overview.figures
        shown = [
            _tile("Net position", figures.net_position, rates),
            _tile("Deposits", figures.deposits, rates),
            _tile("Investments", figures.investments, rates),
            _tile("Lending drawn", figures.lending_drawn, rates, _lending(figures, rates)),
            _tile("Business volume", figures.business_volume, rates),
        ]
        return {
            "tiles": shown,
            "base": rates.base,
            "figures": figures,
            "sources": sorted({row.holding.source for row in overview.owned}),
            "rates": dict(sorted({pair for tile in shown for pair in tile.total.rates.items()})),
        }


def _tile(label: str, total: Sum, rates: Rates, beside: Mapping[str, Converted] | None = None) -> Tile:
    converted = rates.convert(total)
    foreign = [Foreign(currency, total.amounts[currency], rate) for currency, rate in converted.rates.items()]
    return Tile(label, converted, foreign, rates.base, beside or {})


def _lending(figures: Figures, rates: Rates) -> dict[str, Converted]:
    """Give what belongs to lending but is not drawn. Guarantees are contingent and part of nothing else."""
    exposure = figures.exposure if figures.undrawn else Sum()
    beside = {"undrawn": figures.undrawn, "exposure": exposure, "guaranteed for others": figures.guarantees}
    return {words: rates.convert(total) for words, total in beside.items() if total}
