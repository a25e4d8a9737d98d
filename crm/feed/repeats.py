"""Files short enough to be held: each key once."""

from __future__ import annotations

from collections.abc import Iterable

from crm.feed.forms import Form, Row
from crm.feed.load import Load
from crm.feed.refusals import RowRefused


def once(load: Load, form: Form, rows: Iterable[Row]) -> dict[str, Row]:
    """Give the rows by key. One that repeats an earlier line counts as unchanged, one that differs is refused."""
    key = form.key[0]
    first: dict[str, Row] = {}
    for row in rows:
        earlier = first.setdefault(row.values[key], row)
        if earlier is row:
            continue
        if earlier.digest == row.digest:
            load.report.files[form.name].unchanged += 1
        else:
            load.refuse(form, row.line, repeated(earlier.line, form))
    return first


def repeated(first_line: int, form: Form) -> RowRefused:
    """Say that an earlier line has the same key and other values."""
    return RowRefused(
        form.key[0], f"Line {first_line:,} has the same {' and '.join(form.key)} and says something else."
    )
