"""How the catalogue looks on a page."""

from __future__ import annotations

from typing import Any

from django import template

from products.models import Fee
from products.rate_words import best_rate_text, fee_occasion

register = template.Library()


@register.filter
def best_rate(product: Any) -> str:
    """Give "up to 5.00 %" or "from 6.24 %" of a product with `best_rate` and `is_lending`."""
    return best_rate_text(product.best_rate, is_lending=product.is_lending)


@register.filter
def occasion(fee: Fee) -> str:
    """Say when a fee falls due."""
    return fee_occasion(fee)
