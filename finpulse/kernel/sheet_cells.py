"""Cells of a sheet that people open in a spreadsheet program."""

from __future__ import annotations

# With these a spreadsheet begins a formula; blanks before them do not hinder it.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def plain_cell(value: object) -> str:
    """Give a value as text that no spreadsheet program takes for a formula: an apostrophe before what begins one."""
    text = "" if value is None else str(value)
    begins = text.lstrip(" ")[:1] in _FORMULA if text.strip(" ") else False
    return f"'{text}" if begins else text
