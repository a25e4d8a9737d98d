"""Reading rates with their tiers and terms."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal

from products.cdr.document import Document, ProductRefused
from products.cdr.durations import is_duration, whole_months
from products.cdr.facts import RateFacts, TierFacts
from products.models import Rate

_LISTS = {
    Rate.Side.DEPOSIT: ("depositRates", "depositRateType"),
    Rate.Side.LENDING: ("lendingRates", "lendingRateType"),
}
_HEIGHT = ("rate", "comparisonRate")
_PLACES = Decimal("0.0001")
LONGEST_TERM = 20
_HIGHEST = Decimal(10) ** 15


def read_rates(product: Document) -> Iterator[RateFacts]:
    """Give the product's rates, deposit first. :raises ProductRefused: for a rate that is no fraction or a bad tier."""
    seen: Counter[str] = Counter()
    for side, (name, type_name) in _LISTS.items():
        for part in product.parts(name):
            key = _key(part, side, seen)
            yield _read_rate(part, side, part.required(type_name, longest=40), key)


def _read_rate(part: Document, side: str, kind: str, key: str) -> RateFacts:
    rate = part.fraction("rate")
    if rate is None:
        raise part.refuse("rate", "is missing")
    value = part.text("additionalValue")
    term = value.upper() if is_duration(value.upper()) and len(value) <= LONGEST_TERM else ""
    words = [part.text("additionalInfo")] if term else [value, part.text("additionalInfo")]
    return RateFacts(
        key=key,
        side=side,
        type=kind,
        rate=rate,
        comparison_rate=part.fraction("comparisonRate"),
        term=term,
        term_months=whole_months(term),
        loan_purpose=part.text("loanPurpose", longest=40),
        repayment_type=part.text("repaymentType", longest=40),
        conditions="\n".join(dict.fromkeys(word for word in words if word)),
        tiers=tuple(_read_tier(position, tier) for position, tier in enumerate(part.parts("tiers"))),
    )


def _read_tier(position: int, part: Document) -> TierFacts:
    minimum, maximum = _bound(part, "minimumValue") or Decimal(0), _bound(part, "maximumValue")
    # Some banks write 0 for "no upper end" ("$5,000 plus": 5000 to 0).
    if maximum == 0 and minimum > 0:
        maximum = None
    if maximum is not None and maximum < minimum:
        raise part.refuse("maximumValue", f"{maximum:f} is below minimumValue {minimum:f}")
    return TierFacts(
        position=position,
        name=part.text("name", longest=100),
        unit=part.required("unitOfMeasure", longest=20),
        minimum=minimum,
        maximum=maximum,
        method=part.text("rateApplicationMethod", longest=40),
        conditions=_conditions(part),
    )


def _bound(part: Document, key: str) -> Decimal | None:
    value = part.number(key)
    if value is None:
        return None
    if not 0 <= value < _HIGHEST:
        raise part.refuse(key, f"{value:f} cannot be: a tier is not negative")
    return value.quantize(_PLACES)


def _conditions(part: Document) -> str:
    """The standard gives one object; its later versions a list of them."""
    raw = part.raw.get("applicabilityConditions")
    conditions = raw if isinstance(raw, list) else [raw or {}]
    try:
        words = [Document(condition).text("additionalInfo") for condition in conditions]
    except ProductRefused as error:
        raise part.refuse("applicabilityConditions", "cannot be read") from error
    return "\n".join(word for word in words if word)


def _key(part: Document, side: str, seen: Counter[str]) -> str:
    """Hash all but the figures; two rates alike in all but the figures are told apart by their order."""
    what_for = {name: value for name, value in part.raw.items() if name not in _HEIGHT}
    canonical = json.dumps([side, what_for], sort_keys=True, default=str)
    seen[canonical] += 1
    return hashlib.sha256(f"{canonical}{seen[canonical]}".encode(errors="surrogatepass")).hexdigest()
