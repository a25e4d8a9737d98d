"""What customers have and owe, computed by an SQL statement that shares no line with the selectors."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from django.db import connection

from crm.models import Customer
from crm.selectors.figures import Figures
from crm.selectors.overview import Overview
from crm.selectors.sums import Sum

FIGURES = (
    "deposits", "investments", "lending_drawn", "undrawn", "business_volume", "net_position", "exposure", "guarantees",
)  # fmt: skip
CUSTOMERS = "SELECT id, id FROM crm_customer"
MANAGERS = "SELECT manager_id, id FROM crm_customer WHERE manager_id IS NOT NULL"
# Who is restricted is in no unit's figures; the tree is walked by its parents, not by its paths.
UNITS = """
WITH RECURSIVE below (unit, id) AS (
    SELECT id, id FROM identity_unit
    UNION ALL SELECT below.unit, child.id FROM below JOIN identity_unit child ON child.parent_id = below.id)
SELECT below.unit, c.id FROM below JOIN crm_customer c ON c.unit_id = below.id WHERE c.restricted IS FALSE
"""
STATEMENT = Path(__file__).with_name("independent.sql").read_text(encoding="utf-8")


def independent(who: str, today: date) -> dict[int, dict[str, Sum]]:
    """Give by key (a customer's, a manager's, a unit's) and figure the sums of whoever is asked of."""
    found: dict[int, dict[str, Sum]] = defaultdict(lambda: defaultdict(Sum))
    with connection.cursor() as cursor:
        cursor.execute(STATEMENT.replace("({who})", f"({who})"), {"today": today})
        for key, figure, currency, amount, not_known in cursor.fetchall():
            total = found[key][figure]
            total.not_known += not_known
            if amount is not None:
                total.add(currency, amount)
    return {key: dict(sums) for key, sums in found.items()}


def sums_of(figures: Figures, names: tuple[str, ...] = FIGURES) -> dict[str, Sum]:
    """Give those of our figures of which there is anything to say."""
    return {name: total for name in names if (total := getattr(figures, name))}


def differing(ours: dict[str, Sum], theirs: dict[str, Sum]) -> dict[str, tuple[Sum | None, Sum | None]]:
    """Give the figures that differ, with ours and theirs."""
    names = [name for name in FIGURES if ours.get(name) != theirs.get(name)]
    return {name: (ours.get(name), theirs.get(name)) for name in names}


def compared(user: Any, today: date) -> Iterator[tuple[Customer, dict[str, tuple[Sum | None, Sum | None]]]]:
    """Give every customer with the figures of his page that differ from the statement's."""
    statement = independent(CUSTOMERS, today)
    for customer in Customer.objects.order_by("pk").iterator():
        page = sums_of(Overview(customer, user, today).figures)
        yield customer, differing(page, statement.get(customer.pk, {}))
