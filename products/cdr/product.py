"""Reading a product."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from products.cdr.document import Document
from products.cdr.eligibility import read_criteria
from products.cdr.facts import ProductFacts
from products.cdr.prices import read_constraints, read_fees
from products.cdr.rates import read_rates
from products.models import Product

# Raise it when documents are read in another way, so that the next import reads all of them again.
READING = 2


def read_product(raw: Any, *, currency: str) -> ProductFacts:
    """Give what the document says. The standard has no currency for a product: the caller names it (ISO 4217).

    :raises ProductRefused: with the reason, naming the field.
    """
    document = Document(raw)
    code = document.required("productId", longest=100)
    category = document.required("productCategory", longest=40)
    if category not in Product.Category.values:
        raise document.refuse("productCategory", f"{category!r} is no category of the Consumer Data Standards")
    brand = document.text("brand", longest=100)
    begins, ends = document.moment("effectiveFrom"), document.moment("effectiveTo")
    if begins and ends and ends <= begins:
        raise document.refuse("effectiveTo", "is not after effectiveFrom")
    return ProductFacts(
        code=code,
        brand=brand,
        bank=document.text("brandName", longest=120) or brand or "unnamed brand",
        category=category,
        name=document.required("name", longest=200),
        description=document.text("description"),
        currency=currency,
        is_tailored=document.flag("isTailored"),
        effective_from_at=begins,
        effective_until_at=ends,
        last_updated_at=document.moment("lastUpdated"),
        application_uri=document.web_address("applicationUri"),
        fingerprint=_fingerprint(document.raw, currency),
        rates=tuple(read_rates(document)),
        criteria=tuple(read_criteria(document)),
        fees=tuple(read_fees(document, currency)),
        constraints=tuple(read_constraints(document)),
    )


def _fingerprint(raw: dict[str, Any], currency: str) -> str:
    canonical = json.dumps([READING, currency, raw], sort_keys=True, default=str)
    return hashlib.sha256(canonical.encode(errors="surrogatepass")).hexdigest()
