"""The declared form of a file, and rows made by it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from itertools import filterfalse
from operator import getitem
from typing import Any, NamedTuple

from django.core.exceptions import FieldDoesNotExist
from django.db.models import Model

from crm.feed.parsers import Parser
from crm.feed.records import Record
from crm.feed.refusals import CellRefused, FeedLoadRefused, RowRefused, shown

# Of one column, so that a load's memory does not grow with its file.
MOST_REMEMBERED = 2000
# Looks at a row whose cells are read; `as_of` is the last day that is not in the future. Raises RowRefused.
Rule = Callable[[dict[str, Any], date], None]

_NUL, _SURROGATE = re.compile("\x00"), re.compile("[\ud800-\udfff]")
_OTHER = re.compile("[\x01-\x1f\x7f-\x9f]")
_OTHER_BUT_BREAKS = re.compile("[\x01-\x09\x0b\x0c\x0e-\x1f\x7f-\x9f]")


@dataclass(frozen=True)
class Column:
    """A column: its name in the file, how its cells are read, whether it must be there and filled.

    A `personal` cell is not repeated in the report of why it was refused. `breaks`: it may stand on several lines.
    """

    name: str
    parse: Parser
    required: bool = False
    personal: bool = False
    breaks: bool = False

    def refusal(self, cell: str, error: CellRefused) -> RowRefused:
        """Say in a whole sentence why a cell was refused."""
        return RowRefused(self.name, f"{'This value' if self.personal else shown(cell)} {error}.")

    def check_characters(self, cell: str) -> None:
        """Refuse what is no text. :raises RowRefused: naming what the cell holds."""
        others = _OTHER_BUT_BREAKS if self.breaks else _OTHER
        for found, what in (
            (_NUL, "a NUL byte"),
            (_SURROGATE, "bytes that are not UTF-8"),
            (others, "a control character"),
        ):
            if found.search(cell):
                raise RowRefused(self.name, f"The value holds {what}.")


class Row(NamedTuple):
    """A row read: the number of its line, values by column, and a fingerprint of its cells for this process."""

    line: int
    values: dict[str, Any]
    digest: int


@dataclass(frozen=True)
class Form:
    """A file's name, columns, the columns that name a row, and rules over a whole row.

    An empty cell becomes what the model's field keeps for "not known": None, "", or None where the field has a default,
    which then stands for "as it was".
    """

    name: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    model: type[Model] | None = None
    rules: tuple[Rule, ...] = ()

    def empty(self, column: str) -> Any:
        """Give what an empty cell means."""
        try:
            field: Any = self.model._meta.get_field(column) if self.model else None
        except FieldDoesNotExist:
            field = None
        return None if field is not None and (field.null or field.has_default()) else ""


class _Cells(dict[str, Any]):
    """What the cells of one column mean: most columns say the same few things again and again."""

    def __init__(self, column: Column, empty: Any) -> None:
        self._parse, self._required, self._empty = column.parse, column.required, empty

    def __missing__(self, cell: str) -> Any:
        """Read the cell. :raises CellRefused: when it cannot be read."""
        if cell:
            value = self._parse(cell)
        elif self._required:
            raise CellRefused("is missing")
        else:
            value = self._empty
        if len(self) < MOST_REMEMBERED:
            self[cell] = value
        return value


class RowReader:
    """Makes rows of one file's records, by its form and its header."""

    def __init__(self, form: Form, header: list[str]) -> None:
        """Match the header. :raises FeedLoadRefused: when a required column is missing."""
        known = {column.name: column for column in form.columns}
        required = {column.name for column in form.columns if column.required}
        if missing := sorted(required.difference(header)):
            raise FeedLoadRefused(f"{form.name} has no column {', '.join(missing)}.")
        self.form = form
        self.present = tuple(filter(known.__contains__, header))
        self.ignored = tuple(filterfalse(known.__contains__, header))
        self._places = [place for place, name in enumerate(header) if name in known]
        self._columns = [known[name] for name in self.present]
        self._meanings = [_Cells(column, form.empty(column.name)) for column in self._columns]

    def row(self, record: Record, as_of: date) -> Row:
        """Give the record's row. :raises RowRefused: for the first thing that is wrong with it."""
        if record.fault:
            raise RowRefused("", record.fault)
        known = [record.cells[place] for place in self._places] if self.ignored else record.cells
        cells = list(map(str.strip, known))
        if not record.clean:
            self._check(cells)
        try:
            values = dict(zip(self.present, map(getitem, self._meanings, cells), strict=True))
        except CellRefused:
            self._check(cells)
            raise
        for rule in self.form.rules:
            rule(values, as_of)
        return Row(record.line, values, hash("\x1f".join(cells)))

    def cell(self, record: Record, column: str) -> str:
        """Give the text of one cell, "" where the record has none: for rows that are refused."""
        if column not in self.present or not record.cells:
            return ""
        return record.cells[self._places[self.present.index(column)]].strip()

    def _check(self, cells: list[str]) -> None:
        """Find the first cell that is refused. :raises RowRefused: for it."""
        for column, meaning, cell in zip(self._columns, self._meanings, cells, strict=True):
            column.check_characters(cell)
            if column.required and not cell:
                raise RowRefused(column.name, "The value is missing.")
            try:
                meaning[cell]
            except CellRefused as error:
                raise column.refusal(cell, error) from error
