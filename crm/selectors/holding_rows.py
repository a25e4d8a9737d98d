"""A holding as the customer page shows it: the customer's part, and who else has part in it, by scope."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Case, Exists, OuterRef, Value, When

from crm.masking import holding_number, masked, masked_iban
from crm.models import Customer, Holding, HoldingParty
from crm.querysets import valid_on
from crm.selectors.arrears import in_default
from crm.selectors.figures import undrawn_of
from crm.selectors.positions import Held, positions_of, positions_read


@dataclass(frozen=True)
class OtherParty:
    """Somebody else in the same holding. `customer` is None for one out of the reader's scope: the role is shown.

    Of what the customer may only operate or guarantees, owners in scope are told and nobody else.
    """

    role: str
    customer: Customer | None
    is_owner: bool
    share: Decimal | None = None
    until_on: date | None = None


@dataclass
class HoldingRow:
    """A holding with the customer's part in it, the other parties, and what it holds."""

    holding: Holding
    part: HoldingParty
    others: list[OtherParty] = field(default_factory=list)
    positions: list[Held] = field(default_factory=list)

    @property
    def is_owned(self) -> bool:
        """Whether it is the customer's own, alone or jointly."""
        return self.part.role in HoldingParty.OWNING

    @property
    def number(self) -> str:
        """The number as the screen may show it."""
        return holding_number(self.holding)

    @property
    def masked(self) -> str:
        """The number for who may only know that the holding exists."""
        return masked_iban(self.holding.iban) or masked(self.holding.holding_no)

    @property
    def in_default(self) -> bool | None:
        """Whether it is in default; None where that is not known."""
        return in_default(self.holding)

    @property
    def undrawn(self) -> Decimal | None:
        """What of its limit can still be drawn; None without a limit or a known balance."""
        return undrawn_of(self.holding)


def holding_rows(customer: Customer, user: Any, today: date) -> list[HoldingRow]:
    """Read every part of the customer in a holding today, largest balance first, unknown last, in one query."""
    parties = _parties(customer, user, today)
    rows = [
        HoldingRow(party.holding, party, positions=positions_of(party.held))
        for party in parties
        if party.customer_id == customer.pk
    ]
    rows.sort(key=_largest_first)
    others = _others(customer, parties)
    for row in rows:
        known = others[row.holding.pk]
        row.others = known if row.is_owned else [one for one in known if one.is_owner and one.customer]
    return rows


def _largest_first(row: HoldingRow) -> tuple[bool, Decimal, int]:
    balance = row.holding.balance
    return balance is None, -abs(balance or Decimal(0)), row.holding.pk


def _parties(customer: Customer, user: Any, today: date) -> list[Any]:
    """Give every party of today in the holdings that the customer has part in, marked whether he is `in_scope`."""
    valid = HoldingParty.objects.filter(valid_on(today))
    visible = Customer.objects.visible_to(user).filter(pk=OuterRef("customer"))
    rows = valid.filter(holding__in=valid.filter(customer=customer).values("holding"))
    rows = rows.annotate(in_scope=Exists(visible), held=_held_by(customer)).select_related("holding", "customer")
    return list(rows.defer(*(f"customer__{name}" for name in _NOT_SHOWN)).order_by("role", "pk"))


_NOT_SHOWN = ("national_id", "tax_id", "search_text")


def _held_by(customer: Customer) -> Case:
    own = When(customer=customer, role__in=HoldingParty.OWNING, holding__kind=Holding.Kind.INVESTMENT, then=_POSITIONS)
    return Case(own, default=Value(None), output_field=_POSITIONS.output_field)


_POSITIONS = positions_read("holding")


def _others(customer: Customer, parties: Iterable[Any]) -> dict[int, list[OtherParty]]:
    others: dict[int, list[OtherParty]] = defaultdict(list)
    for party in parties:
        if party.customer_id != customer.pk:
            who = party.customer if party.in_scope else None
            owner = party.role in HoldingParty.OWNING
            told = OtherParty(party.get_role_display(), who, owner, party.share, party.until_on)
            others[party.holding_id].append(told)
    return others
