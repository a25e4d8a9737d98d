"""What is on offer, with who may apply: the whole catalogue in one query."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from itertools import groupby
from typing import Any

from django.utils import timezone

from products.models import Product

_PRODUCT = ("pk", "name", "bank", "category", "currency", "is_tailored", "best_rate")
_CRITERION = ("kind", "value", "info", "understood", "threshold", "country", "more_to_check", "admits_sole_traders")


@dataclass(frozen=True)
class OfferedCriterion:
    """The columns of a criterion that its rule reads."""

    kind: str
    value: str
    info: str
    understood: bool
    threshold: int | None
    country: str
    more_to_check: bool
    admits_sole_traders: bool


@dataclass(frozen=True)
class OfferedProduct:
    """A product on offer. `best_rate` is a fraction per year, None where none is published."""

    pk: int
    name: str
    bank: str
    category: str
    currency: str
    is_tailored: bool
    best_rate: Decimal | None
    criteria: tuple[OfferedCriterion, ...]

    @property
    def category_label(self) -> str:
        """The category in words."""
        return str(Product.Category(self.category).label)

    @property
    def is_lending(self) -> bool:
        """Whether the customer owes on it."""
        return self.category in Product.LENDING


def products_offered(now: datetime) -> list[OfferedProduct]:
    """Give every product on offer at this moment, by category and name, with its criteria, in one query."""
    rows = (
        Product.objects.on_offer(now)
        .with_best_rate(timezone.localdate(now))
        .order_by("category", "name", "pk", "criteria__position")
        .values(*_PRODUCT, *(f"criteria__{name}" for name in _CRITERION))
    )
    return [_product(list(same)) for _, same in groupby(rows, key=lambda row: row["pk"])]


def _product(rows: list[dict[str, Any]]) -> OfferedProduct:
    asked = [{name: row[f"criteria__{name}"] for name in _CRITERION} for row in rows]
    criteria = tuple(OfferedCriterion(**columns) for columns in asked if columns["kind"] is not None)
    return OfferedProduct(**{name: rows[0][name] for name in _PRODUCT}, criteria=criteria)
