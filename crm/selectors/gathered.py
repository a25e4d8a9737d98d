"""The figures of many customers at once, added up where the rows are. What each word means is in figures.py."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import connection
from django.db.models import QuerySet
from psycopg.sql import SQL, Composable, Literal

from crm.models import HoldingParty, UnitFigures
from crm.selectors.figures import COUNTED, DRAWABLE, OWED, Figures
from crm.selectors.sums import Sum

# One row for each set of keys whose customers own a holding together, and currency: whoever adds up over several keys
# takes a row once. A guarantee is its giver's alone.
_GATHERED = """
WITH asked (customer_id, key) AS ({customers}),
party AS MATERIALIZED (
    SELECT p.holding_id, p.role, p.amount, asked.key
    FROM asked JOIN crm_holdingparty p ON p.customer_id = asked.customer_id
    WHERE (p.since_on IS NULL OR p.since_on <= {today}) AND (p.until_on IS NULL OR p.until_on > {today})
),
owned AS (
    SELECT holding_id, array_agg(DISTINCT key) AS keys FROM party WHERE role = ANY ({owning}) GROUP BY holding_id
),
line AS (
    SELECT owned.keys, h.currency, h.balance, abs(h.balance) AS size,
           CASE WHEN h.balance IS NOT NULL THEN h.balance_as_of END AS known_on,
           CASE WHEN h.balance < 0 OR (coalesce(h.balance, 0) = 0 AND h.kind = ANY ({owed})) THEN 'lending'
                WHEN h.kind = 'INVESTMENT' THEN 'investment' ELSE 'deposit' END AS side,
           h.credit_limit > 0 AND h.status = ANY ({drawable}) AS drawable,
           CASE WHEN h.balance IS NOT NULL
                THEN greatest(h.credit_limit - greatest(-h.balance, 0), 0) END AS undrawn
    FROM owned JOIN crm_holding h ON h.id = owned.holding_id
    WHERE h.status = ANY ({counted})
)
SELECT keys, currency, count(*) AS holdings,
       sum(size) FILTER (WHERE side = 'deposit') AS deposits,
       count(*) FILTER (WHERE side = 'deposit' AND size IS NULL) AS deposits_not_known,
       sum(size) FILTER (WHERE side = 'investment') AS investments,
       count(*) FILTER (WHERE side = 'investment' AND size IS NULL) AS investments_not_known,
       sum(size) FILTER (WHERE side = 'lending') AS lending_drawn,
       count(*) FILTER (WHERE side = 'lending' AND size IS NULL) AS lending_drawn_not_known,
       sum(undrawn) FILTER (WHERE drawable) AS undrawn,
       count(*) FILTER (WHERE drawable AND size IS NULL) AS undrawn_not_known,
       NULL::numeric AS guarantees, 0 AS guarantees_not_known,
       min(known_on) AS oldest_on, max(known_on) AS newest_on
FROM line GROUP BY keys, currency
UNION ALL
SELECT ARRAY[party.key], h.currency, 0, NULL, 0, NULL, 0, NULL, 0, NULL, 0,
       sum(party.amount), count(*) FILTER (WHERE party.amount IS NULL), NULL, NULL
FROM party JOIN crm_holding h ON h.id = party.holding_id
WHERE party.role = 'GUARANTOR' AND h.status = ANY ({counted})
GROUP BY party.key, h.currency
"""
OWED_SIDE = "lending_drawn"
_SIDES = ("deposits", "investments", OWED_SIDE)
_SUMMED = (*_SIDES, "undrawn", "guarantees")


@dataclass
class Gathered:
    """Figures over many customers, a holding counted once. Exposure is none of them: it is a group's."""

    figures: Figures = field(default_factory=Figures)
    holdings: int = 0

    @property
    def not_known(self) -> int:
        """How many holdings have no known balance."""
        return self.figures.business_volume.not_known

    def add(self, row: dict[str, Any]) -> None:
        """Take in a row of `gathered_sql`."""
        self._add(row)
        self.figures.saw(row["oldest_on"])
        self.figures.saw(row["newest_on"])

    def add_stored(self, row: UnitFigures) -> None:
        """Take in what was rolled up of one currency; a zero is nothing to tell of."""
        amounts = {name: getattr(row, name) or None for name in _SUMMED}
        counts = {name: getattr(row, name) for name in ("currency", "holdings", *map(_not_known, _SUMMED))}
        self._add(amounts | counts)

    def _add(self, row: dict[str, Any]) -> None:
        self.holdings += row["holdings"]
        for name in _SUMMED:
            total: Sum = getattr(self.figures, name)
            total.not_known += row[_not_known(name)]
            if row[name] is not None:
                total.add(row["currency"], row[name])
        for total, sign in ((self.figures.business_volume, 1), (self.figures.net_position, -1)):
            total.not_known += sum(row[_not_known(name)] for name in _SIDES)
            known = [row[name] * sign if name == OWED_SIDE else row[name] for name in _SIDES if row[name] is not None]
            if known:
                total.add(row["currency"], sum(known, Decimal(0)))


def _not_known(name: str) -> str:
    return f"{name}_not_known"


@dataclass
class Gatherings:
    """The figures of all that was asked for, and of each key."""

    total: Gathered = field(default_factory=Gathered)
    of: dict[int, Gathered] = field(default_factory=dict)


def gathered_sql(customers: Composable, today: date) -> Composable:
    """Give the statement: `customers` selects keys of customers, each with an integer by which figures are gathered."""
    return SQL(_GATHERED).format(
        customers=customers,
        today=Literal(today),
        owning=Literal([str(role) for role in HoldingParty.OWNING]),
        counted=Literal([str(status) for status in COUNTED]),
        drawable=Literal([str(status) for status in DRAWABLE]),
        owed=Literal([str(kind) for kind in OWED]),
    )


def gather(customers: QuerySet[Any], today: date) -> Gatherings:
    """Read the figures of customers, of whom `customers` gives key and an integer to gather by, in one query."""
    found = Gatherings()
    for row in _rows(customers, today):
        found.total.add(row)
        for key in row["keys"]:
            found.of.setdefault(key, Gathered()).add(row)
    return found


def _rows(customers: QuerySet[Any], today: date) -> Iterable[dict[str, Any]]:
    asked, params = customers.order_by().query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(gathered_sql(SQL(asked), today), params)
        names = [column.name for column in cursor.description]
        return [dict(zip(names, values, strict=True)) for values in cursor.fetchall()]
