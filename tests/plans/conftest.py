"""A bank of 50,000 customers as the demo bank's own COPY makes it, vacuumed, in a database of its own."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from crm.models import Customer
from crm.services.grants import customer_grant
from finpulse.identity.models import User
from finpulse.identity.services import cover_give
from finpulse.local import programs
from tests.services.database import database_environment, manage, own_database

CUSTOMERS, GRANTS = 50_000, 20
READERS = ("alice", "bob", "dana", "erin", "frank", "grace")


@pytest.fixture(scope="package")
def large_bank(django_db_blocker: Any) -> Iterator[dict[str, User]]:
    """Give the readers of the large bank: bob has grants and a cover. The tests' connection leads there meanwhile."""
    with own_database("plans") as name, django_db_blocker.unblock():
        environment = programs.environment("http://127.0.0.1") | database_environment(name)
        manage("migrate", "--verbosity=0", environment=environment)
        manage("seed_demo", "--customers", str(CUSTOMERS), environment=environment)
        usual = connection.settings_dict["NAME"]
        connection.close()
        connection.settings_dict["NAME"] = name
        try:
            _open_to_bob()
            _relate()
            yield {reader: User.objects.with_access().get(username=reader) for reader in READERS}
        finally:
            connection.close()
            connection.settings_dict["NAME"] = usual


def _open_to_bob() -> None:
    bob, colleague, grace = (User.objects.with_access().get(username=name) for name in ("bob", "m0001", "grace"))
    now = timezone.now()
    times = {"starts_at": now - timedelta(days=1), "ends_at": now + timedelta(days=1)}
    cover_give(covered=colleague, coverer=bob, actor=colleague, reason="a test", **times)
    for customer in Customer.objects.filter(manager__username="charlie").order_by("pk")[:GRANTS]:
        customer_grant(customer_id=customer.pk, to_user=bob, actor=grace, reason="a test")


# Beside the demo bank's own, each customer has a spouse and a director; HUB controls 2,000 others and has 5,000 small
# shareholders.
HUB = 101
RELATED = f"""
WITH told (one, other, kind, share) AS (
SELECT id, id + 1, 'SPOUSE', NULL::numeric FROM crm_customer WHERE id % 2 = 0
UNION ALL SELECT id, id + 7, 'DIRECTOR_OF', NULL FROM crm_customer
UNION ALL SELECT {HUB}, id, 'PARENT_COMPANY_OF', NULL FROM crm_customer WHERE id > 40000 AND id <= 42000
UNION ALL SELECT id, {HUB}, 'SHAREHOLDER_OF', 0.0001 FROM crm_customer WHERE id > 35000 AND id <= 40000
)
INSERT INTO crm_relationship (customer_id, related_id, kind, share, source)
SELECT one, other, told.kind, share, 'test' FROM told JOIN crm_customer ON id = other ON CONFLICT DO NOTHING
"""


def _relate() -> None:
    with connection.cursor() as cursor:
        cursor.execute(RELATED)
        cursor.execute("VACUUM ANALYZE crm_relationship")
