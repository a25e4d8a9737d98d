"""What a customer has and owes, by domain.md: deposits, investments, lending drawn, business volume, net position."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from crm.models import Holding

# A holding counts while it is there: pending ones are not yet, closed and written-off ones no longer.
COUNTED = (Holding.Status.ACTIVE, Holding.Status.DORMANT, Holding.Status.BLOCKED, Holding.Status.MATURED)


@dataclass
class Sum:
    """Amounts by currency and how many holdings have no known balance. Never a zero for what is not known."""

    amounts: dict[str, Decimal] = field(default_factory=dict)
    not_known: int = 0

    def add(self, currency: str, amount: Decimal) -> None:
        """Add a known amount."""
        self.amounts[currency] = self.amounts.get(currency, Decimal(0)) + amount

    def of(self, currency: str) -> Decimal | None:
        """Give the known part in one currency; None when nothing in it is known."""
        return self.amounts.get(currency)


@dataclass
class Figures:
    """Totals over a customer's own holdings. What he owes is positive in `lending_drawn`."""

    deposits: Sum = field(default_factory=Sum)
    investments: Sum = field(default_factory=Sum)
    lending_drawn: Sum = field(default_factory=Sum)
    undrawn: Sum = field(default_factory=Sum)
    business_volume: Sum = field(default_factory=Sum)
    net_position: Sum = field(default_factory=Sum)


def figures_of(holdings: Iterable[Holding]) -> Figures:
    """Add up owned holdings, each once. Overdrafts and drawn cards are lending, a credit on a card is a deposit."""
    figures = Figures()
    for holding in holdings:
        if holding.status in COUNTED:
            _count(figures, holding)
    return figures


def _count(figures: Figures, holding: Holding) -> None:
    if holding.balance is None:
        for total in (_side(figures, holding, Decimal(0)), figures.business_volume, figures.net_position):
            total.not_known += 1
        return
    size = abs(holding.balance)
    _side(figures, holding, holding.balance).add(holding.currency, size)
    figures.business_volume.add(holding.currency, size)
    figures.net_position.add(holding.currency, holding.balance)
    if holding.credit_limit:
        drawn = max(-holding.balance, Decimal(0))
        figures.undrawn.add(holding.currency, max(holding.credit_limit - drawn, Decimal(0)))


def _side(figures: Figures, holding: Holding, balance: Decimal) -> Sum:
    if balance < 0 or (holding.balance is None and holding.kind in (Holding.Kind.LOAN, Holding.Kind.CARD)):
        return figures.lending_drawn
    if holding.kind == Holding.Kind.INVESTMENT:
        return figures.investments
    if balance == 0 and holding.kind in (Holding.Kind.LOAN, Holding.Kind.CARD):
        return figures.lending_drawn
    return figures.deposits
