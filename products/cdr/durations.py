"""ISO 8601 durations, as far as products use them."""

from __future__ import annotations

import re

_DURATION = re.compile(
    r"P(?:(?P<years>\d{1,3})Y)?(?:(?P<months>\d{1,4})M)?(?:(?P<weeks>\d{1,4})W)?(?:(?P<days>\d{1,5})D)?"
)
MONTHS_PER_YEAR = 12
LONGEST_MONTHS = 1200


def is_duration(text: str) -> bool:
    """Tell whether this is a duration of years, months, weeks and days."""
    return text != "P" and _DURATION.fullmatch(text) is not None


def whole_months(text: str) -> int | None:
    """Give the months of "P12M" or "P1Y6M"; None where it is no duration or no whole number of months ("P7D")."""
    found = _DURATION.fullmatch(text)
    if found is None or found["weeks"] or found["days"]:
        return None
    months = int(found["years"] or 0) * MONTHS_PER_YEAR + int(found["months"] or 0)
    return months if 0 < months <= LONGEST_MONTHS else None


def duration_text(text: str) -> str:
    """Give a duration in words: "P12M" is "12 months", "P1Y" "1 year", "P7D" "7 days"; anything else unchanged."""
    found = _DURATION.fullmatch(text)
    if found is None or text == "P":
        return text
    counted = [(int(count), unit.removesuffix("s")) for unit, count in found.groupdict().items() if count]
    return " ".join(f"{count} {unit}{'' if count == 1 else 's'}" for count, unit in counted)
