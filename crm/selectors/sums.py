"""Amounts by currency, and how many are not known."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal


@dataclass
class Sum:
    """Amounts by currency and how many holdings have no known amount. Never a zero for what is not known."""

    amounts: dict[str, Decimal] = field(default_factory=dict)
    not_known: int = 0

    def add(self, currency: str, amount: Decimal | None) -> None:
        """Add an amount, or count one that is not known."""
        if amount is None:
            self.not_known += 1
        else:
            self.amounts[currency] = self.amounts.get(currency, Decimal(0)) + amount

    def of(self, currency: str) -> Decimal | None:
        """Give the known part in one currency; None when nothing in it is known."""
        return self.amounts.get(currency)

    def __add__(self, other: Sum) -> Sum:
        total = Sum(dict(self.amounts), self.not_known + other.not_known)
        for currency, amount in other.amounts.items():
            total.add(currency, amount)
        return total

    def __bool__(self) -> bool:
        """Tell whether there is anything to say."""
        return bool(self.amounts or self.not_known)
