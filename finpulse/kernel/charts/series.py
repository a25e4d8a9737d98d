"""What charts are made of: a value for each moment, and the table behind every chart."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby

Value = Decimal | None


@dataclass(frozen=True)
class Series:
    """One value for each moment; `partial` says where a value is not the whole. `tone` names its class."""

    label: str
    tone: str
    values: Sequence[Value]
    partial: Sequence[bool] = ()


@dataclass(frozen=True)
class Row:
    """A line of the table behind a chart."""

    moment: str
    values: list[Value]


def known(series: Sequence[Series]) -> list[Decimal]:
    """Give the values that there are."""
    return [value for one in series for value in one.values if value is not None]


def rows(moments: Sequence[str], series: Sequence[Series]) -> list[Row]:
    """Give the table: one row for each moment, one value for each series."""
    return [Row(moment, [one.values[at] for one in series]) for at, moment in enumerate(moments)]


def runs(values: Sequence[Value]) -> Iterator[list[tuple[int, Decimal]]]:
    """Give each run of known values with their places among all."""
    for is_known, run in groupby(enumerate(values), key=lambda pair: pair[1] is not None):
        if is_known:
            yield [(at, value) for at, value in run if value is not None]
