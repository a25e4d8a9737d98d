"""The feed's officer becomes the manager of a customer who is new to FinPulse."""

from __future__ import annotations

from collections.abc import Collection

from django.db.backends.utils import CursorWrapper
from psycopg.sql import SQL

from crm.feed.customers.tables import DERIVED
from crm.feed.forms import Row
from crm.feed.load import Load
from crm.models import Customer
from finpulse.audit.services import record_many


def record_managers(cursor: CursorWrapper, new: Collection[str], rows: list[Row], load: Load) -> None:
    """Write down who got which manager."""
    numbers = set(new)
    managed = [row.values for row in rows if row.values["manager_id"] and row.values["customer_no"] in numbers]
    if not managed:
        return
    cursor.execute(
        SQL("SELECT c.customer_no, c.id FROM {} d JOIN crm_customer c USING (customer_no)").format(DERIVED),
    )
    ids = dict(cursor.fetchall())
    details = {
        ids[values["customer_no"]]: {
            "manager": values["manager_id"],
            "officer_code": values["officer_code"],
            "feed_load": load.load_id,
        }
        for values in managed
    }
    subject_type = Customer._meta.label_lower
    record_many(
        "crm.customer.manager_set",
        actor=load.actor,
        subject_type=subject_type,
        details=details,
        reason="new in the feed",
    )
