"""What every chart with an axis is: series over moments on one scale, its size, and the table that says the same."""

from __future__ import annotations

from collections.abc import Sequence

from finpulse.kernel.charts.scale import Scale, Tick
from finpulse.kernel.charts.series import Row, Series, known, rows

WIDTH, HEIGHT = 320, 150
LEFT, RIGHT, BOTTOM = 44, 8, 20


class Chart:
    """`moments` are the labels from left to right; `is_empty` tells that no value is known."""

    width, height, left, right = WIDTH, HEIGHT, LEFT, WIDTH - RIGHT

    def __init__(self, moments: Sequence[str], series: Sequence[Series], scale: Scale) -> None:
        self.series, self._moments, self._scale = series, moments, scale
        self.is_empty = not known(series)

    @property
    def ticks(self) -> list[Tick]:
        """The values on the upright axis, lowest first."""
        return self._scale.ticks

    @property
    def rows(self) -> list[Row]:
        """The table that says the same."""
        return rows(self._moments, self.series)
