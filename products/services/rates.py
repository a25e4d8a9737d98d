"""A product's rates follow what is published; what was published stays."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db.models import F, Value
from django.db.models.functions import Greatest

from products.cdr import RateFacts
from products.models import Product, Rate, RateTier


def rates_follow(*, product: Product, facts: Sequence[RateFacts], today: date) -> tuple[int, int]:
    """Close what changed or is gone, open what is new, from today; the product is locked. Gives how many of each.

    A rate opened today and changed today ends on the day it began: a correction, which was never in force.
    """
    open_rates = {rate.key: rate for rate in Rate.objects.filter(product=product, valid_until__isnull=True)}
    published = {fact.key: fact for fact in facts}
    ended = [rate.pk for key, rate in open_rates.items() if not _same(rate, published.get(key))]
    begun = [fact for key, fact in published.items() if not _same(open_rates.get(key), fact)]
    Rate.objects.filter(pk__in=ended).update(valid_until=Greatest(Value(today), F("valid_from")))
    _open(product, begun, today)
    return len(begun), len(ended)


def _same(rate: Rate | None, fact: RateFacts | None) -> bool:
    if rate is None or fact is None:
        return False
    return (rate.rate, rate.comparison_rate) == (fact.rate, fact.comparison_rate)


def _open(product: Product, facts: Sequence[RateFacts], today: date) -> None:
    columns = [{name: value for name, value in vars(fact).items() if name != "tiers"} for fact in facts]
    rates = Rate.objects.bulk_create([Rate(product=product, valid_from=today, **column) for column in columns])
    RateTier.objects.bulk_create(
        RateTier(rate=rate, **vars(tier)) for rate, fact in zip(rates, facts, strict=True) for tier in fact.tiers
    )
