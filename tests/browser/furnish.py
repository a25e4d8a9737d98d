"""What the demo bank has nothing of: a load of the feed, a difference to settle, messages, work that was given up.

Run in the browser tests' own web environment: python -m tests.browser.furnish FOLDER
"""

from __future__ import annotations

import os
import sys
from pathlib import Path


def main(folder: str) -> None:
    """Make the rows in the database that the environment names."""
    import django

    from finpulse.settings import env

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "finpulse.settings.local")
    env.use_owner_role()
    django.setup()
    _load(Path(folder))
    _difference()
    _messages()
    _dead_task()


def _load(folder: Path) -> None:
    from crm.tests.feed.feeds import CUSTOMER, HOLDING, Feed

    strange = CUSTOMER | {"customer_no": "FEED-1", "family_name": "Feed", "unit_code": "NORTH"}
    feed = Feed(
        folder,
        units=None,
        officers=None,
        parties=None,
        customers=[strange],
        holdings=[HOLDING | {"customer_no": "FEED-1"}, HOLDING | {"holding_no": "H2", "customer_no": "nobody"}],
    )
    feed.manifest()
    feed.load()


def _difference() -> None:
    from crm.models import Customer
    from crm.tests.factories import FeedDifferenceFactory

    FeedDifferenceFactory(customer=Customer.objects.get(customer_no="DC000001"))


def _messages() -> None:
    from crm.models import Holding
    from finpulse.identity.models import User
    from notifications.tests.factories import MessageFactory

    alice = User.objects.get(username="alice")
    maturing = Holding.objects.filter(customer__manager=alice, matures_on__isnull=False).order_by("id")[:3]
    for holding in maturing:
        MessageFactory(
            kind="maturity",
            recipient=alice,
            customer=holding.customer,
            subject_type="crm.holding",
            subject_id=holding.pk,
            context={"matures_on": holding.matures_on.isoformat(), "lead_days": 30},
            deadline_on=holding.matures_on,
        )


def _dead_task() -> None:
    from finpulse.kernel.models import QueuedTask

    QueuedTask.objects.create(
        name="crm.unit_figures", state=QueuedTask.State.DEAD, attempts=5, last_error="TimeoutError: no answer"
    )


if __name__ == "__main__":
    main(sys.argv[1])
