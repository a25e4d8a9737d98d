"""A chunk looks its rows up by index, however old the statistics are: a bank grows by a load, not by its autovacuum."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.db import connection

from crm.tests.feed.feeds import CUSTOMER, HOLDING, Feed

ROWS = 300
CHUNK = 100


class Plans:
    """Explains each statement that joins a chunk to the bank's tables, before it runs."""

    def __init__(self) -> None:
        """Begin with none."""
        self.found: list[str] = []

    def __call__(self, execute: Any, sql: Any, *arguments: Any) -> Any:
        """Explain and execute."""
        text = sql if isinstance(sql, str) else sql.as_string(connection.connection)
        if '"crm_customer" t ON' in text or '"crm_holding" t ON' in text:
            with connection.connection.cursor() as cursor:
                cursor.execute(f"EXPLAIN {text}")
                self.found.append("\n".join(line for (line,) in cursor.fetchall()))
        return execute(sql, *arguments)


@pytest.fixture
def grown(feed: Feed) -> Feed:
    """A bank of which the statistics say that it is nearly empty."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE crm_customer, crm_holding")
    numbers = [f"C{number}" for number in range(ROWS)]
    feed.write("customers.csv", [CUSTOMER | {"customer_no": number} for number in numbers])
    feed.write("holdings.csv", [HOLDING | {"holding_no": f"H{no}", "customer_no": no} for no in numbers])
    feed.write("parties.csv", [{"holding_no": "HC1", "customer_no": "C1", "role": "OWNER"}])
    feed.load(chunk=CHUNK)
    return feed


def test_a_chunk_never_has_a_whole_table_hashed_or_sorted(grown: Feed) -> None:
    plans = Plans()
    with connection.execute_wrapper(plans):
        grown.load(chunk=CHUNK)
    assert len(plans.found) >= 2 * ROWS / CHUNK
    for plan in plans.found:
        assert not re.search(r"Hash .*Join|Hash Join|Merge|Seq Scan on crm_(customer|holding)", plan), plan
