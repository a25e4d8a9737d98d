"""Lines over time as the places of an SVG; templates/components/line_chart.html draws them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby

WIDTH, HEIGHT = 320, 150
LEFT, RIGHT, TOP, BOTTOM = 44, 8, 12, 20
_STEPS = (Decimal(1), Decimal(2), Decimal("2.5"), Decimal(5), Decimal(10))
_UNITS = ((Decimal(10) ** 9, "bn"), (Decimal(10) ** 6, "m"), (Decimal(10) ** 3, "k"))
MOST_TICKS = 4


@dataclass(frozen=True)
class Line:
    """One line: a value for each moment, None where there is none; `partial` says where a value is not the whole."""

    label: str
    tone: str
    values: Sequence[Decimal | None]
    partial: Sequence[bool] = ()


@dataclass(frozen=True)
class Dot:
    """A value's place; hollow where it is not the whole."""

    x: str
    y: str
    hollow: bool


@dataclass(frozen=True)
class Drawn:
    """A line as places: a stretch for each run of known values, the areas between it and zero, and its dots."""

    label: str
    tone: str
    stretches: list[str]
    areas: list[str]
    dots: list[Dot]


@dataclass(frozen=True)
class Tick:
    """A value on the upright axis, "1.5 m"."""

    y: str
    text: str


class LineChart:
    """Lines on one scale that has zero on it; `moments` are the labels from left to right."""

    width, height, left, right = WIDTH, HEIGHT, LEFT, WIDTH - RIGHT

    def __init__(self, moments: Sequence[str], lines: Sequence[Line]) -> None:
        self._moments, self._lines = moments, lines
        known = [value for line in lines for value in line.values if value is not None]
        self.is_empty = not known
        self._step = _step(max(known, default=Decimal(0)), min(known, default=Decimal(0)))
        self._low = min(0, *(_floor(value, self._step) for value in known)) if known else 0
        self._high = max(1, *(-_floor(-value, self._step) for value in known)) if known else 1

    @property
    def ticks(self) -> list[Tick]:
        """The values on the upright axis, lowest first."""
        return [Tick(self._y(self._step * n), _short(self._step * n)) for n in range(self._low, self._high + 1)]

    @property
    def lines(self) -> list[Drawn]:
        """What to draw, the first line on top of the others."""
        return [self._drawn(line) for line in reversed(self._lines)]

    @property
    def labels(self) -> list[tuple[str, str, str]]:
        """Place, anchor and words of the first, the middle and the last moment."""
        last = len(self._moments) - 1
        shown = {0: "start", last // 2: "middle", last: "end"}
        return [(self._x(at), anchor, self._moments[at]) for at, anchor in shown.items()]

    def _drawn(self, line: Line) -> Drawn:
        runs = list(_runs(line.values))
        partial = line.partial or [False] * len(line.values)
        return Drawn(
            label=line.label,
            tone=line.tone,
            stretches=[" ".join(f"{self._x(at)},{self._y(value)}" for at, value in run) for run in runs],
            areas=[self._area(run) for run in runs],
            dots=[Dot(self._x(at), self._y(value), partial[at]) for run in runs for at, value in run],
        )

    def _area(self, run: list[tuple[int, Decimal]]) -> str:
        zero = self._y(Decimal(0))
        places = [f"{self._x(at)},{self._y(value)}" for at, value in run]
        return " ".join([f"{self._x(run[0][0])},{zero}", *places, f"{self._x(run[-1][0])},{zero}"])

    def _x(self, at: int) -> str:
        return f"{LEFT + (WIDTH - LEFT - RIGHT) * at / max(len(self._moments) - 1, 1):.1f}"

    def _y(self, value: Decimal) -> str:
        low, high = self._step * self._low, self._step * self._high
        return f"{TOP + float((high - value) / (high - low)) * (HEIGHT - TOP - BOTTOM):.1f}"


def _runs(values: Sequence[Decimal | None]) -> Iterator[list[tuple[int, Decimal]]]:
    for known, run in groupby(enumerate(values), key=lambda pair: pair[1] is not None):
        if known:
            yield [(at, value) for at, value in run if value is not None]


def _step(highest: Decimal, lowest: Decimal) -> Decimal:
    """Give a round distance between the values on the axis, of which there are few."""
    span = max(highest, Decimal(0)) - min(lowest, Decimal(0)) or Decimal(1)
    size = Decimal(10) ** ((span / MOST_TICKS).adjusted())
    return next(step * size for step in _STEPS if step * size * MOST_TICKS >= span)


def _floor(value: Decimal, step: Decimal) -> int:
    return int((value / step).to_integral_value("ROUND_FLOOR"))


def _short(value: Decimal) -> str:
    size, unit = next(((size, unit) for size, unit in _UNITS if abs(value) >= size), (Decimal(1), ""))
    number = f"{(value / size).normalize():f}".replace("-", "\N{MINUS SIGN}")
    return f"{number} {unit}".strip()
