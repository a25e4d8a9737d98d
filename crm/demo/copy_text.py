"""Rows in the text format of PostgreSQL's COPY."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

_NULL = "\\N"
_ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})


def copy_text(rows: Iterable[Sequence[Any]], filling: Sequence[str]) -> bytes:
    """Give the rows as text, each followed by the same `filling`, whose values are text already (see `field_text`)."""
    end = "".join(f"\t{text}" for text in filling) + "\n"
    return "".join([_line(row) + end for row in rows]).encode()


def field_text(value: Any) -> str:
    """Give one value: numbers, dates and uuids as they print themselves."""
    return _NULL if value is None else str(value).translate(_ESCAPES)


def _line(row: Sequence[Any]) -> str:
    texts = [_NULL if value is None else str(value) for value in row]
    line = "\t".join(texts)
    # Looking once at the whole row for what must be escaped is far cheaper than at each of its values.
    plain = line.count("\\") == row.count(None) and line.count("\t") == len(row) - 1
    if plain and "\n" not in line and "\r" not in line:
        return line
    return "\t".join([field_text(value) for value in row])
