"""What the customer page shows of holdings: rows by kind with subtotals, other parties by scope, next maturities."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.db.models import Exists, OuterRef

from crm.masking import holding_number, masked, masked_iban
from crm.models import Customer, Holding, HoldingParty
from crm.querysets import valid_on
from crm.selectors.figures import COUNTED, Figures, figures_of
from crm.selectors.sums import Sum

SHOWN_MATURITIES = 5


@dataclass(frozen=True)
class OtherParty:
    """Somebody else in the same holding. `customer` is None for one out of the reader's scope: the role is shown."""

    role: str
    customer: Customer | None


@dataclass
class HoldingRow:
    """A holding with the customer's part in it and the other parties."""

    holding: Holding
    part: HoldingParty
    others: list[OtherParty] = field(default_factory=list)

    @property
    def number(self) -> str:
        """The number as the screen may show it."""
        return holding_number(self.holding)

    @property
    def masked(self) -> str:
        """The number for who may only know that the holding exists."""
        return masked_iban(self.holding.iban) or masked(self.holding.holding_no)


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
        parties = _parties(self.customer, self.user, self.today)
        rows = [HoldingRow(party.holding, party) for party in parties if party.customer_id == self.customer.pk]
        rows.sort(key=_largest_first)
        others = _others(self.customer, parties)
        for row in rows:
            row.others = others[row.holding.pk] if _owning(row) else []
        return rows

    @property
    def owned(self) -> list[HoldingRow]:
        """What is the customer's own, alone or jointly, each holding once."""
        return list({row.holding.pk: row for row in self.parts if _owning(row)}.values())

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


def _largest_first(row: HoldingRow) -> tuple[bool, Decimal, int]:
    balance = row.holding.balance
    return balance is None, -abs(balance or Decimal(0)), row.holding.pk


def _owning(row: HoldingRow) -> bool:
    return row.part.role in HoldingParty.OWNING


def _subtotal(rows: Iterable[HoldingRow]) -> Sum:
    total = Sum()
    for row in rows:
        total.add(row.holding.currency, row.holding.balance)
    return total


def _parties(customer: Customer, user: Any, today: date) -> list[HoldingParty]:
    """Give every party of today in the holdings that the customer has part in, marked whether he is `in_scope`."""
    valid = HoldingParty.objects.filter(valid_on(today))
    visible = Customer.objects.visible_to(user).filter(pk=OuterRef("customer"))
    rows = valid.filter(holding__in=valid.filter(customer=customer).values("holding"))
    rows = rows.annotate(in_scope=Exists(visible)).select_related("holding", "customer")
    return list(rows.defer(*(f"customer__{name}" for name in _NOT_SHOWN)).order_by("role", "pk"))


_NOT_SHOWN = ("national_id", "tax_id", "search_text")


def _others(customer: Customer, parties: Iterable[Any]) -> dict[int, list[OtherParty]]:
    others: dict[int, list[OtherParty]] = defaultdict(list)
    for party in parties:
        if party.customer_id != customer.pk:
            who = party.customer if party.in_scope else None
            others[party.holding_id].append(OtherParty(party.get_role_display(), who))
    return others
