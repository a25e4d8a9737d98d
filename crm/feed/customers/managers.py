"""The feed's officer becomes the manager of a customer who is new to FinPulse."""

from __future__ import annotations

from collections.abc import Collection

from crm.feed.forms import Row
from crm.feed.load import Load
from crm.models import Customer
from finpulse.audit.services import record_many


def record_managers(new: Collection[str], rows: list[Row], load: Load) -> None:
    """Write down who got which manager."""
    numbers = set(new)
    managed = [row.values for row in rows if row.values["manager_id"] and row.values["customer_no"] in numbers]
    ids = dict(
        Customer._base_manager.filter(customer_no__in=[values["customer_no"] for values in managed]).values_list(
            "customer_no", "pk"
        )
    )
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
