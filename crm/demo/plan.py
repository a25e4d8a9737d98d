"""How large a demo bank is asked for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

SOURCE = "demo"
BOOK = 1000
DEFAULT_CUSTOMERS = 3000
# From here on tables are emptied and indexes built as a whole, for which whoever reads them waits.
LARGE = 30_000
# Customers in the books of the demo accounts, in a bank that has room for them; smaller ones keep the proportions.
BOOKS = {"alice": (1024, 0.68), "bob": (320, 0.125), "charlie": (280, 0.125)}
POOLED = 0.04


@dataclass(frozen=True)
class DemoPlan:
    """Size, seed and day of a demo bank. The same plan gives the same rows.

    Without `managers` there are as many more as make books of about a thousand; without `interactions_per_customer`
    some customers have a few.
    """

    today: date
    customers: int = DEFAULT_CUSTOMERS
    interactions_per_customer: int | None = None
    managers: int | None = None
    seed: int = 1

    def book(self, username: str) -> int:
        """Give how many customers a demo account has."""
        most, part = BOOKS[username]
        return min(most, round(self.customers * part))

    @property
    def rest(self) -> int:
        """Customers that are in nobody's charge or in that of further managers."""
        return self.customers - sum(self.book(username) for username in BOOKS)

    @property
    def further_managers(self) -> int:
        """How many managers there are beside the demo accounts."""
        return -(-self.rest // BOOK) if self.managers is None else self.managers

    @property
    def pooled(self) -> int:
        """How many customers wait in the units' pools."""
        return round(self.rest * POOLED) if self.further_managers else self.rest

    @property
    def branches(self) -> int:
        """How many branches: North, South and one more for every twenty further managers."""
        return 2 + self.further_managers // 20
