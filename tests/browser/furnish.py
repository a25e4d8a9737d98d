"""What the demo bank lacks: a load, a difference to settle, messages, proposals, work given up, a sign-in elsewhere.

Run in the browser tests' own web environment: python -m tests.browser.furnish FOLDER
"""

from __future__ import annotations

import os
import sys
from datetime import timedelta
from pathlib import Path

from django.utils import timezone


def main(folder: str) -> None:
    """Make the rows in the database that the environment names."""
    import django

    from finpulse.settings import env

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "finpulse.settings.local")
    env.use_owner_role()
    django.setup()
    _tokens()
    _load(Path(folder))
    _difference()
    _messages()
    _dead_task()
    _tasks()
    _sign_in()
    _proposals()
    _role_mapping()
    _cover()
    _grant()
    _recertification()
    _leaver()


def _leaver() -> None:
    from finpulse.identity.models import User
    from finpulse.identity.services import user_deactivate, user_set_roles

    lena = User.objects.create_user("lena", first_name="Lena", last_name="North")
    user_set_roles(user=lena, names=["customer_manager"], actor=None, reason="the browser tests")
    user_deactivate(user=lena, actor=User.objects.get(username="heidi"), reason="She has retired.")


def _tokens() -> None:
    from finpulse.identity.models import User
    from finpulse.identity.services.api_tokens import api_token_make
    from finpulse.identity.services.service_tokens import api_token_offer

    alice, dana, heidi, script = (User.objects.get(username=name) for name in ("alice", "dana", "heidi", "script"))
    api_token_make(name="nightly report", scopes=["customers:read", "tasks:write"], days=30, actor=alice)
    api_token_offer(user=script, name="feed", scopes=["*:read"], days=180, keeper=dana, actor=heidi)


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

    maturing = Holding.objects.filter(matures_on__isnull=False).select_related("customer__manager").order_by("id")
    of = {name: User.objects.get(username=name) for name in ("alice", "charlie")}
    for holding in (row for user in of.values() for row in maturing.filter(customer__manager=user)[:6]):
        MessageFactory(
            kind="maturity",
            recipient=holding.customer.manager,
            customer=holding.customer,
            subject_type="crm.holding",
            subject_id=holding.pk,
            context={"matures_on": holding.matures_on.isoformat(), "lead_days": 30},
            deadline_on=holding.matures_on,
        )


def _tasks() -> None:
    """Make enough to be done, today's on my day and later ones in the list: each test takes its own from the others."""
    from crm.models import Customer
    from crm.tests.factories import TaskFactory
    from finpulse.identity.models import User

    today = timezone.localdate()
    for username, due_on in (("alice", today), ("bob", today + timedelta(days=60))):
        user = User.objects.get(username=username)
        customer = Customer.objects.filter(manager=user, restricted=False).order_by("id")[0]
        for number in range(8):
            title = f"Answer question {number + 1}"
            TaskFactory(customer=customer, title=title, due_on=due_on, assignee=user, created_by=user)


def _sign_in() -> None:
    """Have alice signed in elsewhere too, and somebody have failed to sign in as her."""
    from finpulse.identity.models import User
    from finpulse.identity.tests.rows import make_attempt, make_sign_in

    for make in (make_sign_in, make_attempt):
        make(User.objects.get(username="alice"))


def _proposals() -> None:
    """Give compliance a second person, and proposals of hers and of grace's."""
    from crm.models import Customer
    from finpulse.identity.demo_accounts import PASSWORD
    from finpulse.identity.models import Unit, User
    from finpulse.identity.services import user_set_roles
    from finpulse.kernel.proposals import proposal_make

    greta = User.objects.create_user(
        "greta", password=PASSWORD, first_name="Greta", last_name="Head", unit=Unit.objects.get(code="HEAD")
    )
    user_set_roles(user=greta, names=["compliance"], actor=None, reason="the browser tests")
    shown = Customer.objects.get(customer_no="DC000001").pk
    decided = Customer.objects.filter(restricted=False, manager__username="charlie").order_by("-pk")[:3]
    proposed = [("greta", shown), *zip(("grace", "greta", "greta"), decided.values_list("pk", flat=True), strict=True)]
    for proposer, customer_id in proposed:
        proposal_make(
            kind="crm.customer.restrict",
            subject_id=customer_id,
            payload={"restricted": True},
            reason="In the news of late.",
            actor=User.objects.get(username=proposer),
        )
    _handover()


def _handover() -> None:
    from crm.models import Customer
    from crm.services import handover_propose
    from finpulse.identity.models import User

    of = {name: User.objects.get(username=name) for name in ("alice", "bob", "dana")}
    leaving = Customer.objects.filter(manager=of["alice"], restricted=False).order_by("-pk")[:3]
    keys = [customer.pk for customer in leaving]
    handover_propose(customer_ids=keys, to_manager=of["bob"], actor=of["dana"], reason="Too many for one.")


def _role_mapping() -> None:
    from finpulse.identity.models import User
    from finpulse.identity.services import claim_mapping_propose

    heidi = User.objects.get(username="heidi")
    facts = {"kind": "ROLE", "value": "crm-auditors", "role": "auditor", "unit": None}
    claim_mapping_propose(**facts, reason="The group of internal audit.", actor=heidi)


def _cover() -> None:
    """Have charlie stand in for alice, to look and log, with some named; dana gives it, across units."""
    from crm.models import Customer
    from crm.services import cover_name
    from finpulse.identity.models import User
    from finpulse.identity.services import cover_give

    alice, charlie, dana = (User.objects.with_access().get(username=name) for name in ("alice", "charlie", "dana"))
    now = timezone.now()
    times = {"starts_at": now - timedelta(days=1), "ends_at": now + timedelta(days=2)}
    given = {"covered": alice, "coverer": charlie, "actor": dana, "scope": "SOME", "read_only": True}
    cover = cover_give(**times, **given, reason="At the fair")
    for customer in Customer.objects.filter(manager=alice).order_by("id")[:3]:
        cover_name(cover_id=cover.pk, customer_id=customer.pk, actor=alice)


def _grant() -> None:
    """Open the family to somebody by name."""
    from crm.models import Customer
    from crm.services import customer_grant
    from finpulse.identity.models import User

    dana, charlie = (User.objects.with_access().get(username=name) for name in ("dana", "charlie"))
    family = Customer.objects.get(customer_no="DC000001")
    customer_grant(customer_id=family.pk, to_user=charlie, actor=dana, reason="Knows leasing")


def _recertification() -> None:
    """Make this quarter's lists."""
    from crm.services.recertification import recertifications_make

    recertifications_make(today=timezone.localdate(), actor=None)


def _dead_task() -> None:
    from finpulse.kernel.models import QueuedTask

    QueuedTask.objects.create(
        name="crm.unit_figures", state=QueuedTask.State.DEAD, attempts=5, last_error="TimeoutError: no answer"
    )


if __name__ == "__main__":
    main(sys.argv[1])
