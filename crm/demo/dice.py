"""Chance that repeats: every draw follows from a seed."""

from __future__ import annotations

import random
from bisect import bisect
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from itertools import accumulate
from typing import Generic, TypeVar

T = TypeVar("T")
_SEED_STRIDE = 1 << 40
_ONE_DAY = timedelta(days=1)


class Dice(random.Random):
    """Draws for one customer at a time: `shake` makes them depend on the seed and his number only."""

    nothing = Decimal("0.00")

    def shake(self, seed: int, number: int) -> None:
        """Start over for this customer."""
        self.seed(seed * _SEED_STRIDE + number)

    def chance(self, probability: float) -> bool:
        """Tell whether something of this probability happens."""
        return self.random() < probability

    def below(self, limit: int) -> int:
        """Give a whole number from 0 to below the limit."""
        return int(self.random() * limit)

    def between(self, low: int, high: int) -> int:
        """Give a whole number from low to high, both included."""
        return low + int(self.random() * (high - low + 1))

    def pick(self, choices: Sequence[T]) -> T:
        """Give one of the choices, each as likely."""
        return choices[int(self.random() * len(choices))]

    def about(self, median: float, *, spread: float = 0.8, step: int = 1) -> int:
        """Give an amount around the median, log-normal as incomes and balances are, in whole steps."""
        return max(1, round(self.lognormvariate(0, spread) * median / step)) * step

    def yearly(self, median: int, *, spread: float, unknown: float) -> Decimal | None:
        """Give an income or turnover in whole thousands; now and then nobody has asked."""
        return None if self.chance(unknown) else Decimal(self.about(median, spread=spread, step=1000))

    def day(self, earliest: date, latest: date) -> date:
        """Give a day from earliest to latest, both included; the earliest when they cross."""
        span = (latest - earliest).days
        return earliest + _ONE_DAY * self.below(span + 1) if span > 0 else earliest

    def cents(self, amount: int) -> Decimal:
        """Give the amount with some hundredths, as a balance has them."""
        return Decimal(amount * 100 + self.below(100)).scaleb(-2)


class Weighted(Generic[T]):
    """Choices that come with different frequency."""

    def __init__(self, weights: Mapping[T, float]) -> None:
        self.choices = tuple(weights)
        self._bounds = list(accumulate(weights.values()))

    def draw(self, dice: Dice) -> T:
        """Give one of the choices."""
        return self.choices[bisect(self._bounds, dice.random() * self._bounds[-1])]
