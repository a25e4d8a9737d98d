"""What customers who belong together have and owe: each, and all of them with a holding counted once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from crm.models import Customer, Holding, HoldingParty
from crm.querysets import valid_on
from crm.selectors.figures import Figures, figures_of

_READ = ("kind", "status", "currency", "balance", "balance_as_of", "credit_limit")


@dataclass
class Parts:
    """What a customer owns, by the holding's key, and what he guarantees."""

    owned: dict[int, Holding] = field(default_factory=dict)
    guaranteed: list[HoldingParty] = field(default_factory=list)

    def add(self, part: HoldingParty) -> None:
        """Take a part in."""
        if part.role == HoldingParty.Role.GUARANTOR:
            self.guaranteed.append(part)
        else:
            self.owned[part.holding_id] = part.holding

    @property
    def figures(self) -> Figures:
        """Add it up."""
        return figures_of(self.owned.values(), self.guaranteed)


class Together:
    """The parts of customers in the reader's scope as of `today`, read in one query. What one of them only guarantees
    or may operate is not among their assets and debts.
    """

    def __init__(self, members: Iterable[Customer], today: date) -> None:
        self._of: dict[int, Parts] = defaultdict(Parts)
        rows = HoldingParty.objects.filter(valid_on(today), customer__in={member.pk for member in members})
        rows = rows.exclude(role=HoldingParty.Role.AUTHORISED).select_related("holding").order_by("pk")
        columns = ("customer", "role", "amount", *(f"holding__{name}" for name in _READ))
        for part in rows.only(*columns):
            self._of[part.customer_id].add(part)

    def of(self, member: Customer) -> Figures:
        """Give the figures of one; a joint holding counts whole."""
        return self._of[member.pk].figures

    def of_all(self, members: Iterable[Customer]) -> Figures:
        """Give the figures of several; what two of them share counts once."""
        total = Parts()
        for member in members:
            total.owned |= self._of[member.pk].owned
            total.guaranteed += self._of[member.pk].guaranteed
        return total.figures
