"""What an investment holds, read along with its holding."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef, TextField
from django.db.models.functions import Cast, JSONObject

from crm.models import Position

MOST_READ = 50


@dataclass(frozen=True)
class Held:
    """So much of one security; `price` is of one unit, None where it is not known."""

    isin: str
    name: str
    quantity: Decimal
    price: Decimal | None
    price_currency: str
    price_on: date | None

    @property
    def value(self) -> Decimal | None:
        """What it is worth in the price's currency."""
        return None if self.price is None else self.quantity * self.price


def positions_read(holding: str) -> ArraySubquery:
    """Give a holding's positions as an annotation, by name; `holding` names its key."""
    facts = JSONObject(
        isin=F("isin"),
        name=F("name"),
        quantity=Cast("quantity", TextField()),
        price=Cast("price", TextField()),
        price_currency=F("price_currency"),
        price_on=F("price_on"),
    )
    rows = Position.objects.filter(holding=OuterRef(holding)).order_by("name", "isin")
    return ArraySubquery(rows.values(facts=facts)[:MOST_READ])


def positions_of(facts: Iterable[Mapping[str, Any]] | None) -> list[Held]:
    """Give the positions from what `positions_read` annotated."""
    return [
        Held(
            isin=fact["isin"],
            name=fact["name"],
            quantity=Decimal(fact["quantity"]),
            price=None if fact["price"] is None else Decimal(fact["price"]),
            price_currency=fact["price_currency"],
            price_on=fact["price_on"] and date.fromisoformat(fact["price_on"]),
        )
        for fact in facts or ()
    ]
