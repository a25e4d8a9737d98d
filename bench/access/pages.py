"""The pages by which access is kept and answered for, over a long trail."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from functools import partial
from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode

from django.test import Client
from django.utils import timezone

from bench.access.asking import Cost, cost_of
from crm.models import Customer
from crm.services.handovers import handover_propose
from crm.services.recertification import recertifications_make
from finpulse.identity.models import User

BACKEND = "finpulse.identity.backends.RoleAndScopeBackend"
HANDED_OVER = 500


def pages_measured(rounds: int) -> Iterator[Cost]:
    """Give the cost of each page for each who answers by it."""
    proposal = _proposed()
    recertifications_make(today=timezone.localdate(), actor=None)
    for username, pages in _pages(proposal).items():
        client = Client(SERVER_NAME="127.0.0.1")
        client.force_login(User.objects.get(username=username), backend=BACKEND)
        for name, url in pages.items():
            yield cost_of(username, name, rounds, partial(_get, client, url))


def _pages(proposal: str) -> dict[str, dict[str, str]]:
    customer = Customer.objects.filter(restricted=False, manager__username="alice").order_by("pk")[0]
    alice, day = User.objects.get(username="alice"), timezone.localtime() - timedelta(days=90)
    about, trail = f"/admin/crm/customer/{customer.pk}", "/admin/audit/auditevent/"
    on_day = urlencode({"at__gte": day.isoformat(), "at__lt": (day + timedelta(days=1)).isoformat()})
    narrowed = f"{trail}?verb=crm.identifier.revealed&actor={alice.pk}&{on_day}"
    of_access = {
        "who may see him, and why": f"{about}/who-sees/",
        "who did and saw what with him": f"{about}/trail/",
        "what alice may do and see": f"/admin/identity/user/{alice.pk}/access/",
    }
    of_trail = {
        "trail": trail,
        "trail, last page": f"{trail}?p=100",
        "trail, one kind of deed": f"{trail}?verb=crm.identifier.revealed",
        "trail, one kind of row": f"{trail}?subject_type={Customer._meta.label_lower}",
        "trail, one person": f"{trail}?actor={alice.pk}",
        "trail, one person, deed and day": narrowed,
        "trail in the API": "/api/v1/audit-events/",
    }
    of_duty = {
        "capacities": "/admin/crm/capacity/",
        "approvals": "/admin/kernel/proposal/",
        "recertification": "/admin/crm/recertification/",
    }
    return {
        "dana": of_access | of_duty | {"a handover of 500": proposal},
        "frank": of_trail | of_access,
        "grace": of_trail
        | of_access
        | {"approvals": of_duty["approvals"], "recertification": of_duty["recertification"]}
        | {"restricted customers": "/admin/crm/restricted/"},
        "heidi": {
            "trail": trail,
            "approvals": of_duty["approvals"],
            "what alice may do and see": of_access["what alice may do and see"],
        },
    }


def _proposed() -> str:
    alice = User.objects.with_access().get(username="alice")
    dana = User.objects.with_access().get(username="dana")
    to = User.objects.with_access().filter(unit=alice.unit, groups__name="customer_manager").exclude(pk=alice.pk)[0]
    keys = list(Customer.objects.filter(manager=alice, restricted=False).values_list("pk", flat=True)[:HANDED_OVER])
    outcome = handover_propose(
        customer_ids=keys, actor=dana, to_manager=to, reason="the measurement", effective_on=None
    )
    return f"/admin/kernel/proposal/{outcome.proposal_id}/"


def _get(client: Client, url: str) -> Any:
    answer = client.get(url)
    if answer.status_code != HTTPStatus.OK:
        raise SystemExit(f"{url} answers {answer.status_code}")
    return f"{len(answer.content) / 1024:.0f} KB"
