"""What is looked at: each page with the addresses of several customers, the same in both consoles."""

from __future__ import annotations

from dataclasses import dataclass

from crm.models import Customer
from finpulse.identity.models import User

WHO = "alice"
LIST = "/admin/crm/customer/"
SAMPLE = 5


@dataclass(frozen=True)
class Page:
    """A page's name, and its addresses by console."""

    name: str
    urls: dict[str, list[str]]


def pages() -> list[Page]:
    """Give the three pages, for a manager."""
    keys = _sample()
    ours, stock = ([f"{LIST}{key}/{rest}" for key in keys] for rest in ("", "change/"))
    return [
        Page("list of customers", {"ours": [LIST], "stock": [LIST]}),
        Page("customer 360 beside the change form with inlines", {"ours": ours, "stock": stock}),
        Page("my day beside the index", {"ours": ["/admin/"], "stock": ["/admin/"]}),
    ]


def _sample() -> list[int]:
    """Persons of the manager's, spread over his list."""
    user = User.objects.with_access().get(username=WHO)
    rows = Customer.objects.visible_to(user).filter(kind="PERSON", status="ACTIVE").order_by("sort_name", "pk")
    keys = list(rows.values_list("pk", flat=True))
    return keys[:: max(len(keys) // SAMPLE, 1)][:SAMPLE]
