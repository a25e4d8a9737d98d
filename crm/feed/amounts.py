"""Amounts as fine as their currency, and no finer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from psycopg.sql import SQL, Composed, Literal

from crm.feed.parsers import decimal
from crm.feed.refusals import RowRefused
from crm.models.amounts import AMOUNT_DIGITS, AMOUNT_PLACES
from finpulse.kernel.money import MINOR_UNITS, USUAL_MINOR_UNITS

amount = decimal(AMOUNT_DIGITS, AMOUNT_PLACES)
_UNITS = {places: Decimal(1).scaleb(-places) for places in {*MINOR_UNITS.values(), USUAL_MINOR_UNITS}}


def check_fineness(values: Mapping[str, Any], columns: Iterable[str], currency: str) -> None:
    """Refuse an amount with more decimal places than its currency has (ISO 4217)."""
    unit = _UNITS[MINOR_UNITS.get(currency, USUAL_MINOR_UNITS)]
    for column in columns:
        value = values.get(column)
        if value and value % unit:
            raise too_fine(column, currency)


def too_fine(column: str, currency: str) -> RowRefused:
    """Say how many places the currency has."""
    return RowRefused(column, f"{currency} has {MINOR_UNITS.get(currency, USUAL_MINOR_UNITS)} decimal places.")


def is_too_fine(value: str, currency: str) -> Composed:
    """Give the same condition in SQL, over two expressions."""
    others = SQL(", ").join(
        SQL("({}, {})").format(Literal(code), Literal(places)) for code, places in MINOR_UNITS.items()
    )
    places = SQL("coalesce((SELECT m.places FROM (VALUES {}) AS m (code, places) WHERE m.code = {}), {})").format(
        others, SQL(currency), Literal(USUAL_MINOR_UNITS)
    )
    return SQL("({0} IS NOT NULL AND {0} <> round({0}, {1}))").format(SQL(value), places)
