"""The shape of a figure over time, in a tile."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from finpulse.kernel.charts.scale import Scale, place
from finpulse.kernel.charts.series import Row, Value, runs

WIDTH, HEIGHT, MARGIN = 190, 30, 2


class Sparkline:
    """One line from its least to its most; `moments` are for the table that says the same."""

    width, height = WIDTH, HEIGHT

    def __init__(self, moments: Sequence[str], values: Sequence[Value]) -> None:
        self._moments, self._values = moments, values
        found = [value for value in values if value is not None]
        self.is_empty = not found
        self._scale = Scale.tight(found, top=MARGIN, bottom=HEIGHT - MARGIN)

    @property
    def rows(self) -> list[Row]:
        """The table that says the same."""
        return [Row(moment, [value]) for moment, value in zip(self._moments, self._values, strict=True)]

    @property
    def stretches(self) -> list[str]:
        """A line for each run of two and more known values."""
        return [" ".join(map(self._place, run)) for run in runs(self._values) if len(run) > 1]

    @property
    def areas(self) -> list[str]:
        """What lies under each of them."""
        found = [run for run in runs(self._values) if len(run) > 1]
        return [
            f"{self._x(run[0][0])},{HEIGHT} {line} {self._x(run[-1][0])},{HEIGHT}"
            for run, line in zip(found, self.stretches, strict=True)
        ]

    @property
    def dots(self) -> list[tuple[str, str]]:
        """The places of values that stand alone."""
        return [
            (self._x(at), place(self._scale.y(value)))
            for run in runs(self._values)
            if len(run) == 1
            for at, value in run
        ]

    def _place(self, point: tuple[int, Decimal]) -> str:
        at, value = point
        return f"{self._x(at)},{place(self._scale.y(value))}"

    def _x(self, at: int) -> str:
        last = len(self._values) - 1
        along = Decimal(at) / last if last > 0 else Decimal("0.5")
        return place(MARGIN + (WIDTH - 2 * MARGIN) * along)
