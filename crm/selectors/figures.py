"""What a customer has and owes, by docs/glossary.md: each figure by currency, and what of it is not known."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from crm.models import Holding, HoldingParty
from crm.selectors.sums import Sum

# A holding counts while it is there: pending ones are not yet, closed and written-off ones no longer.
COUNTED = (Holding.Status.ACTIVE, Holding.Status.DORMANT, Holding.Status.BLOCKED, Holding.Status.MATURED)
# Only such a line can still be drawn.
DRAWABLE = (Holding.Status.ACTIVE, Holding.Status.DORMANT)
OWED = (Holding.Kind.LOAN, Holding.Kind.CARD)


@dataclass
class Figures:
    """Totals over holdings, each counted once. What is owed is positive in `lending_drawn`; `exposure` is what is drawn
    and what can still be, a holding of which either is not known being one not known; `guarantees` are
    contingent and part of nothing else. `oldest_on` and `newest_on` are the days of the balances in it.
    """

    deposits: Sum = field(default_factory=Sum)
    investments: Sum = field(default_factory=Sum)
    lending_drawn: Sum = field(default_factory=Sum)
    undrawn: Sum = field(default_factory=Sum)
    business_volume: Sum = field(default_factory=Sum)
    net_position: Sum = field(default_factory=Sum)
    exposure: Sum = field(default_factory=Sum)
    guarantees: Sum = field(default_factory=Sum)
    oldest_on: date | None = None
    newest_on: date | None = None

    def saw(self, day: date | None) -> None:
        """Note the day of a balance."""
        if day is not None:
            self.oldest_on = min(self.oldest_on or day, day)
            self.newest_on = max(self.newest_on or day, day)


def figures_of(holdings: Iterable[Holding], guaranteed: Iterable[HoldingParty] = ()) -> Figures:
    """Add up owned holdings, each once, and the guarantees given, whose holdings are read along."""
    figures = Figures()
    for holding in holdings:
        if holding.status in COUNTED:
            _count(figures, holding)
    for part in guaranteed:
        if part.holding.status in COUNTED:
            figures.guarantees.add(part.holding.currency, part.amount)
    return figures


def _count(figures: Figures, holding: Holding) -> None:
    balance, currency = holding.balance, holding.currency
    size = None if balance is None else abs(balance)
    _side(figures, holding).add(currency, size)
    figures.business_volume.add(currency, size)
    figures.net_position.add(currency, balance)
    if balance is not None:
        figures.saw(holding.balance_as_of)
    undrawn = None
    if holding.credit_limit and holding.status in DRAWABLE:
        undrawn = undrawn_of(holding)
        figures.undrawn.add(currency, undrawn)
    if _side(figures, holding) is figures.lending_drawn:
        figures.exposure.add(currency, None if size is None else size + (undrawn or 0))
    elif holding.credit_limit and holding.status in DRAWABLE:
        figures.exposure.add(currency, undrawn)


def undrawn_of(holding: Holding) -> Decimal | None:
    """Give what of a line can still be drawn; None where there is no such line, or its balance is not known."""
    limit: Decimal | None = holding.credit_limit
    balance: Decimal | None = holding.balance
    if not limit or balance is None or holding.status not in DRAWABLE:
        return None
    return max(limit - max(-balance, Decimal(0)), Decimal(0))


def _side(figures: Figures, holding: Holding) -> Sum:
    """Overdrafts and drawn cards are lending, a credit on a card is a deposit."""
    balance = holding.balance
    if (balance is not None and balance < 0) or (not balance and holding.kind in OWED):
        return figures.lending_drawn
    return figures.investments if holding.kind == Holding.Kind.INVESTMENT else figures.deposits
