"""Reading CSV record by record, so that what is broken costs its own line and nothing else.

`csv` alone would take an unclosed quote as the beginning of a field that ends with the file. Here a record may go over
a few lines, as an address does; a quote that swallows what is a whole record by itself was not closed.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from crm.feed.lines import Line, Lines
from crm.feed.refusals import FeedLoadRefused

MOST_LINES = 20
_OPEN = "A quote is opened and not closed."
# Cells with a quote at both ends or none at all, as RFC 4180 wants them.
_WELL_FORMED = re.compile(r'(?:"(?:[^"]|"")*"|[^",]*)(?:,(?:"(?:[^"]|"")*"|[^",]*))*')
_CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff]")


class Record(NamedTuple):
    """One record: its first line's number, its cells or why it has none. `clean`: without control characters."""

    line: int
    cells: list[str]
    fault: str = ""
    clean: bool = True


class Records:
    """The records of a file after its header, in order, each read once and none kept."""

    def __init__(self, path: Path) -> None:
        """Open the file and read its header.

        :raises FeedLoadRefused: when it cannot be read, or has no header or one that names a column twice.
        """
        self.name = path.name
        self._lines = Lines(path)
        self.header: list[str] = []
        self.header = self._header()

    @property
    def bytes_read(self) -> int:
        """How far the file is read."""
        return self._lines.bytes_read

    @property
    def sha256(self) -> str:
        """The fingerprint of what is read so far: of the file once its records are exhausted."""
        return self._lines.sha256

    def __iter__(self) -> Iterator[Record]:
        take, width = self._lines.take, len(self.header)
        while line := take():
            number, _, text, fault, clean = line
            # Nearly all lines are such: cells that only have to be told apart.
            if clean and '"' not in text and len(cells := text.split(",")) == width:
                if text:
                    yield Record(number, cells)
            elif fault or text.strip():
                yield self._record(line)

    def close(self) -> None:
        """Close the file."""
        self._lines.close()

    def _header(self) -> list[str]:
        line = self._lines.take()
        if line is None:
            raise FeedLoadRefused(f"{self.name} is empty: it has no header.")
        record = self._record(line)
        names = [name.strip() for name in record.cells]
        if record.fault or not record.clean or not all(names):
            raise FeedLoadRefused(f"{self.name} has no readable header: UTF-8, column names, commas between them.")
        if twice := sorted({name for name in names if names.count(name) > 1}):
            raise FeedLoadRefused(f"{self.name} names a column twice: {', '.join(twice)}.")
        return names

    def _record(self, line: Line) -> Record:
        if line.fault:
            return Record(line.number, [], line.fault)
        if '"' not in line.text:
            return self._checked(line, line.text.split(","), clean=_is_clean(line))
        return self._quoted(line)

    def _quoted(self, first: Line) -> Record:
        taken = [first]
        while True:
            try:
                cells = next(csv.reader([line.raw for line in taken], strict=True))
            except csv.Error as error:
                if "unexpected end of data" not in str(error):
                    self._lines.give_back(taken[1:])
                    return Record(first.number, [], _OPEN if len(taken) > 1 else f"The row is not CSV: {error}.")
            else:
                return self._checked(first, cells, clean=len(taken) == 1 and _is_clean(first))
            if not self._goes_on(taken):
                self._lines.give_back(taken[1:])
                return Record(first.number, [], _OPEN)

    def _goes_on(self, taken: list[Line]) -> bool:
        """Take one more line into the record, unless it is a record by itself."""
        line = self._lines.take() if len(taken) < MOST_LINES else None
        if line is None:
            return False
        taken.append(line)
        return not line.fault and not self._stands_alone(line)

    def _stands_alone(self, line: Line) -> bool:
        if not _WELL_FORMED.fullmatch(line.text):
            return False
        return len(next(csv.reader([line.text]), [])) == len(self.header)

    def _checked(self, line: Line, cells: list[str], *, clean: bool) -> Record:
        if self.header and len(cells) != len(self.header):
            fault = f"The row has {len(cells)} columns, the header has {len(self.header)}."
            return Record(line.number, [], fault)
        return Record(line.number, cells, clean=clean)


def _is_clean(line: Line) -> bool:
    return line.clean or not _CONTROLS.search(line.text)
