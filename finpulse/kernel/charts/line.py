"""Lines over time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from finpulse.kernel.charts.chart import BOTTOM, HEIGHT, LEFT, RIGHT, WIDTH, Chart
from finpulse.kernel.charts.scale import ZERO, Scale, place
from finpulse.kernel.charts.series import Series, known, runs

TOP = 12


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


class LineChart(Chart):
    """Lines on one scale that has zero on it; `moments` are the labels from left to right."""

    def __init__(self, moments: Sequence[str], series: Sequence[Series]) -> None:
        super().__init__(moments, series, Scale.with_zero(known(series), top=TOP, bottom=HEIGHT - BOTTOM))

    @property
    def is_partial(self) -> bool:
        """Whether some value is not the whole."""
        return any(dot.hollow for line in self.lines for dot in line.dots)

    @property
    def lines(self) -> list[Drawn]:
        """What to draw, the first line on top of the others."""
        return [self._drawn(line) for line in reversed(self.series)]

    @property
    def labels(self) -> list[tuple[str, str, str]]:
        """Place, anchor and words of the first, the middle and the last moment."""
        last = len(self._moments) - 1
        ends = {0: "start", last: "end"} if last > 0 else {}
        middle = {last // 2: "middle"} if last != 1 and last >= 0 else {}
        return [(self._x(at), anchor, self._moments[at]) for at, anchor in sorted({**middle, **ends}.items())]

    def _drawn(self, line: Series) -> Drawn:
        found = list(runs(line.values))
        partial = line.partial or [False] * len(line.values)
        return Drawn(
            label=line.label,
            tone=line.tone,
            stretches=[" ".join(map(self._place, run)) for run in found],
            areas=[self._area(run) for run in found],
            dots=[Dot(self._x(at), self._y(value), partial[at]) for run in found for at, value in run],
        )

    def _area(self, run: list[tuple[int, Decimal]]) -> str:
        first, last = run[0][0], run[-1][0]
        return " ".join(map(self._place, [(first, ZERO), *run, (last, ZERO)]))

    def _place(self, point: tuple[int, Decimal]) -> str:
        at, value = point
        return f"{self._x(at)},{self._y(value)}"

    def _x(self, at: int) -> str:
        last = len(self._moments) - 1
        along = Decimal(at) / last if last > 0 else Decimal("0.5")
        return place(LEFT + (WIDTH - LEFT - RIGHT) * along)

    def _y(self, value: Decimal) -> str:
        return place(self._scale.y(value))
