"""All that the page of one product shows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from products.cdr.durations import duration_text
from products.models import Constraint, Criterion, Fee, Product, Rate
from products.rate_words import group_label, tier_text
from products.wording import own_words, requirement


@dataclass(frozen=True)
class RateLine:
    """A rate with its term and tiers in words."""

    rate: Rate
    term: str
    tiers: tuple[str, ...]


@dataclass(frozen=True)
class RateGroup:
    """Rates of one kind."""

    label: str
    lines: tuple[RateLine, ...]


@dataclass(frozen=True)
class CriterionLine:
    """A criterion in words. `words` are the bank's own, "" where they say nothing more."""

    requirement: str
    words: str
    info_uri: str
    by_hand: bool


@dataclass(frozen=True)
class ProductPage:
    """Rates of the day, the rates that changed over time, criteria, fees and constraints."""

    rates: tuple[RateGroup, ...]
    has_comparison: bool
    history: tuple[RateGroup, ...]
    criteria: tuple[CriterionLine, ...]
    fees: tuple[Fee, ...]
    constraints: tuple[Constraint, ...]


def product_page(*, product: Product, today: date) -> ProductPage:
    """Read the page in five queries, whatever the number of rates."""
    rates = list(Rate.objects.filter(product=product).prefetch_related("tiers"))
    current = [rate for rate in rates if rate.is_in_force(today)]
    closed = {rate.key for rate in rates if rate.valid_until is not None}
    return ProductPage(
        rates=_groups(current, product),
        has_comparison=any(rate.comparison_rate is not None for rate in current),
        history=_groups([rate for rate in rates if rate.key in closed], product),
        criteria=tuple(_criterion(criterion) for criterion in Criterion.objects.filter(product=product)),
        fees=tuple(Fee.objects.filter(product=product)),
        constraints=tuple(Constraint.objects.filter(product=product)),
    )


def _groups(rates: Iterable[Rate], product: Product) -> tuple[RateGroup, ...]:
    ordered = sorted(rates, key=_order)
    return tuple(
        RateGroup(label, tuple(_line(rate, product) for rate in same))
        for label, same in groupby(ordered, key=group_label)
    )


def _order(rate: Rate) -> tuple[object, ...]:
    """Rates that stand by themselves first, shorter terms, lower tiers, the latest figure of a rate first."""
    return (
        rate.type not in Rate.BASE_TYPES,
        group_label(rate),
        rate.term_months or 0,
        rate.term,
        [tier.minimum for tier in rate.tiers.all()],
        rate.key,
        -rate.valid_from.toordinal(),
        -rate.pk,
    )


def _line(rate: Rate, product: Product) -> RateLine:
    tiers = tuple(tier_text(tier, product.currency) for tier in rate.tiers.all())
    return RateLine(rate, duration_text(rate.term), tiers)


def _criterion(criterion: Criterion) -> CriterionLine:
    by_hand = not criterion.understood or criterion.more_to_check
    words = criterion.info if criterion.threshold is not None else own_words(criterion)
    return CriterionLine(requirement(criterion), words, criterion.info_uri, by_hand)
