"""From a value to its height on the page, the same for every chart."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Context, Decimal

from finpulse.kernel.money import MINUS

ZERO = Decimal(0)
MOST_TICKS = 4
_THREE_DIGITS = Context(prec=3)
_STEPS = (Decimal(1), Decimal(2), Decimal("2.5"), Decimal(5), Decimal(10))
_UNITS = ((Decimal(10) ** 9, "bn"), (Decimal(10) ** 6, "m"), (Decimal(10) ** 3, "k"))


@dataclass(frozen=True)
class Tick:
    """A value on the upright axis, "1.5 m"."""

    y: str
    text: str


@dataclass(frozen=True)
class Scale:
    """Values from `low` to `high` over the pixels from `bottom` up to `top`, marked every `step`."""

    low: Decimal
    high: Decimal
    top: int
    bottom: int
    step: Decimal = ZERO

    @classmethod
    def with_zero(cls, values: Iterable[Decimal], *, top: int, bottom: int) -> Scale:
        """Give a scale that has zero and round marks on it, for what is compared by its size."""
        values = [ZERO, *values]
        step = _step(max(values), min(values))
        low = min(_floor(value, step) for value in values)
        high = max(-_floor(-value, step) for value in values)
        high = step if low == high else high
        return cls(low, high, top, bottom, step)

    @classmethod
    def tight(cls, values: Iterable[Decimal], *, top: int, bottom: int) -> Scale:
        """Give a scale from the least to the most, for a shape at a glance."""
        values = list(values) or [ZERO]
        return cls(min(values), max(values), top, bottom)

    def y(self, value: Decimal) -> Decimal:
        """Give the height of a value; where all are equal, the middle."""
        span = self.high - self.low
        down = (self.high - value) / span if span else Decimal("0.5")
        return self.top + down * (self.bottom - self.top)

    @property
    def ticks(self) -> list[Tick]:
        """The marked values, lowest first; none on a tight scale."""
        if not self.step:
            return []
        marks = int((self.high - self.low) / self.step)
        values = [self.low + self.step * n for n in range(marks + 1)]
        return [Tick(place(self.y(value)), short(value)) for value in values]


def place(pixels: Decimal) -> str:
    """Give a place as SVG takes it."""
    return f"{pixels:.1f}"


def short(value: Decimal) -> str:
    """Give an amount in few letters: "2.5 m", "−12 k"."""
    size, unit = next(((size, unit) for size, unit in _UNITS if abs(value) >= size), (Decimal(1), ""))
    number = f"{_THREE_DIGITS.plus(value / size).normalize():f}".replace("-", MINUS)
    return f"{number} {unit}".strip()


def _step(highest: Decimal, lowest: Decimal) -> Decimal:
    """Give a round distance between the marks, of which there are few."""
    span = highest - lowest or Decimal(1)
    size = Decimal(10) ** (span / MOST_TICKS).adjusted()
    return next(step * size for step in _STEPS if step * size * MOST_TICKS >= span)


def _floor(value: Decimal, step: Decimal) -> Decimal:
    return (value / step).to_integral_value("ROUND_FLOOR") * step
