"""What the customer page shows of holdings: rows by kind with subtotals, and next maturities."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from crm.models import Customer, Holding, HoldingParty
from crm.selectors.figures import COUNTED, Figures, figures_of
from crm.selectors.holding_rows import HoldingRow, holding_rows
from crm.selectors.sums import Sum

SHOWN_MATURITIES = 5


@dataclass(frozen=True)
class HoldingGroup:
    """Holdings of one kind; the subtotal is the sum of exactly these rows, signed from the customer's view."""

    label: str
    rows: list[HoldingRow]
    subtotal: Sum


class Overview:
    """One customer's holdings as of `today`, read in one query: his parts, and who else has part in what he owns."""

    def __init__(self, customer: Customer, user: Any, today: date) -> None:
        self.customer, self.user, self.today = customer, user, today

    @cached_property
    def parts(self) -> list[HoldingRow]:
        """Every part of the customer in a holding, largest balance first, unknown last."""
        return holding_rows(self.customer, self.user, self.today)

    @property
    def owned(self) -> list[HoldingRow]:
        """What is the customer's own, alone or jointly, each holding once."""
        return list({row.holding.pk: row for row in self.parts if row.is_owned}.values())

    @property
    def authorised(self) -> list[HoldingRow]:
        """What he may operate; it never counts as his, and only its kind, name and masked number are shown."""
        return [row for row in self.parts if row.part.role == HoldingParty.Role.AUTHORISED]

    @property
    def guaranteed(self) -> list[HoldingRow]:
        """What he guarantees: the amount and the state."""
        return [row for row in self.parts if row.part.role == HoldingParty.Role.GUARANTOR]

    @cached_property
    def figures(self) -> Figures:
        """Totals over what is owned."""
        return figures_of((row.holding for row in self.owned), (row.part for row in self.guaranteed))

    @property
    def groups(self) -> list[HoldingGroup]:
        """What is there, by kind."""
        counted = [row for row in self.owned if row.holding.status in (*COUNTED, Holding.Status.PENDING)]
        return [
            HoldingGroup(str(label), rows, _subtotal(rows))
            for kind, label in _KINDS.items()
            if (rows := [row for row in counted if row.holding.kind == kind])
        ]

    @property
    def ended(self) -> list[HoldingRow]:
        """What is closed or written off."""
        return [row for row in self.owned if row.holding.status in (Holding.Status.CLOSED, Holding.Status.WRITTEN_OFF)]

    @property
    def worst_arrears(self) -> HoldingRow | None:
        """What is longest past due among what is there."""
        overdue = [row for row in self.owned if row.holding.status in COUNTED and row.holding.days_past_due]
        return max(overdue, key=lambda row: row.holding.days_past_due or 0, default=None)

    @property
    def maturities(self) -> list[HoldingRow]:
        """What matures next, soonest first."""
        coming = [
            row
            for row in self.owned
            if row.holding.status == Holding.Status.ACTIVE
            and row.holding.matures_on is not None
            and row.holding.matures_on >= self.today
        ]
        return sorted(coming, key=lambda row: (row.holding.matures_on, row.holding.pk))[:SHOWN_MATURITIES]


_KINDS = {
    Holding.Kind.ACCOUNT: "Accounts",
    Holding.Kind.TERM_DEPOSIT: "Term deposits",
    Holding.Kind.INVESTMENT: "Investments",
    Holding.Kind.LOAN: "Loans",
    Holding.Kind.CARD: "Cards",
}


def _subtotal(rows: Iterable[HoldingRow]) -> Sum:
    total = Sum()
    for row in rows:
        total.add(row.holding.currency, row.holding.balance)
    return total
