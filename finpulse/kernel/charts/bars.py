"""Bars beside each other, of one series or of several on top of each other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from finpulse.kernel.charts.chart import BOTTOM, HEIGHT, LEFT, RIGHT, WIDTH, Chart
from finpulse.kernel.charts.scale import ZERO, Scale, place, short
from finpulse.kernel.charts.series import Series, Value

TOP = 18
# Of the room of one column, what its bar takes.
FILLED = Decimal("0.66")
WIDEST = 48
# More columns than these leave no room for words over each.
MOST_WORDED = 8
MOST_LABELLED = 13


@dataclass(frozen=True)
class Segment:
    """A part of a bar; `number` is its series, from 1, by which it is filled."""

    number: int
    tone: str
    y: str
    height: str


@dataclass(frozen=True)
class Bar:
    """A column: its middle and left edge, its parts, and what it adds up to in few letters ("?": not known)."""

    label: str
    x: str
    left: str
    segments: list[Segment]
    text: str
    text_y: str


class BarChart(Chart):
    """Bars on one scale that has zero on it; what is negative hangs from zero. `moments` are the labels below."""

    def __init__(self, moments: Sequence[str], series: Sequence[Series]) -> None:
        self._columns = [[one.values[at] for one in series] for at in range(len(moments))]
        ends = [end for column in self._columns for end in (_sum(column, 1), _sum(column, -1))]
        super().__init__(moments, series, Scale.with_zero(ends, top=TOP, bottom=HEIGHT - BOTTOM))
        self._room = Decimal(WIDTH - LEFT - RIGHT) / max(len(moments), 1)
        self._wide = min(self._room * FILLED, Decimal(WIDEST))

    @property
    def bar_width(self) -> str:
        """How wide every bar is."""
        return place(self._wide)

    @property
    def zero(self) -> str:
        """Where the bars stand."""
        return place(self._scale.y(ZERO))

    @property
    def bars(self) -> list[Bar]:
        """What to draw, from left to right."""
        return [self._bar(at, column) for at, column in enumerate(self._columns)]

    def _bar(self, at: int, column: list[Value]) -> Bar:
        middle = LEFT + self._room * (at + Decimal("0.5"))
        every = -(-len(self._columns) // MOST_LABELLED)
        return Bar(
            label=self._moments[at] if at % every == 0 else "",
            x=place(middle),
            left=place(middle - self._wide / 2),
            segments=self._segments(column),
            text=_words(column, self._is_partial(at)) if len(self._columns) <= MOST_WORDED else "",
            text_y=place(self._scale.y(_sum(column, 1)) - 5),
        )

    def _is_partial(self, at: int) -> bool:
        return any(one.values[at] is None or (one.partial and one.partial[at]) for one in self.series)

    def _segments(self, column: list[Value]) -> list[Segment]:
        found, reached = [], {1: ZERO, -1: ZERO}
        for number, (one, value) in enumerate(zip(self.series, column, strict=True), 1):
            if value:
                side = 1 if value > 0 else -1
                start, reached[side] = reached[side], reached[side] + value
                upper, lower = sorted((self._scale.y(start), self._scale.y(reached[side])))
                found.append(Segment(number, one.tone, place(upper), place(lower - upper)))
        return found


def _sum(column: list[Value], side: int) -> Decimal:
    """Give what stands above zero (1) or hangs below it (-1)."""
    return sum((value for value in column if value is not None and value * side > 0), ZERO)


def _words(column: list[Value], is_partial: bool) -> str:
    """Give the whole in few letters; where a part is not known, the rest and that there is more."""
    found = [value for value in column if value is not None]
    if not found:
        return "?"
    return short(sum(found, ZERO)) + ("+?" if is_partial else "")
