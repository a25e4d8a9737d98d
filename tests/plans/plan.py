"""What the database does for one page: the plans of its statements, told in a few facts."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from crm.models import Customer, Holding, HoldingParty, Interaction, Relationship
from finpulse.kernel.access.keys import CAP

LARGE = {model._meta.db_table for model in (Customer, Holding, HoldingParty, Interaction, Relationship)}
BRACKETS = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE")


@dataclass(frozen=True)
class Plan:
    """One statement: large tables read whole, indexes used, the most rows sorted, rows looked at in large tables."""

    sql: str
    read_whole: frozenset[str]
    indexes: frozenset[str]
    sorted_rows: int
    looked_at: int


def plans_of(client: Client, url: str) -> tuple[list[Plan], int]:
    """Give the plans of a page's reading statements, and how many statements it cost after authentication."""
    with CaptureQueriesContext(connection) as caught:
        response = client.get(url)
    assert response.status_code == 200, url
    asked = [query["sql"] for query in caught.captured_queries if not query["sql"].startswith(BRACKETS)]
    asked = [sql for sql in asked if '"django_session"' not in sql and "access_roles" not in sql]
    return [_plan(sql) for sql in asked if sql.startswith(("SELECT", "("))], len(asked)


def _plan(sql: str) -> Plan:
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (ANALYZE, TIMING OFF, FORMAT JSON) {sql}")
        (found,) = cursor.fetchone()
    nodes = list(_nodes((json.loads(found) if isinstance(found, str) else found)[0]["Plan"]))
    large = [node for node in nodes if node.get("Relation Name") in LARGE]
    return Plan(
        sql=sql,
        read_whole=frozenset(node["Relation Name"] for node in large if _is_whole(node)),
        indexes=frozenset(node["Index Name"] for node in nodes if "Index Name" in node),
        sorted_rows=max(map(_sorted_rows, nodes)),
        looked_at=sum(map(_rows, large)),
    )


def _sorted_rows(node: dict[str, Any]) -> int:
    return sum(map(_rows, node["Plans"])) if node["Node Type"] == "Sort" else 0


def _is_whole(node: dict[str, Any]) -> bool:
    """Tell of a scan without index that went beyond what a count stops at."""
    return node["Node Type"] == "Seq Scan" and _rows(node) > CAP


def _rows(node: dict[str, Any]) -> int:
    dropped = node.get("Rows Removed by Filter", 0) + node.get("Rows Removed by Index Recheck", 0)
    return int((node["Actual Rows"] + dropped) * node["Actual Loops"])


def _nodes(node: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield node
    for child in node.get("Plans", ()):
        yield from _nodes(child)
