"""Who reads of which customers in the trail."""

from __future__ import annotations

import re

import pytest

from finpulse.audit.models import AuditEvent
from finpulse.audit.services import record
from tests.access.asking import body, signed_in
from tests.access.sight import NONE, sight

LIST, API = "/admin/audit/auditevent/", "/api/v1/audit-events/?page_size=200"
LINK = re.compile(r"/admin/audit/auditevent/(\d+)/change/")


def written(world):
    """Have each customer looked at, and all of them listed; give which events the user is to read of."""
    read_of = set()
    for position, customer in world.rows["crm.customer"].items():
        event = record("crm.customer.viewed", actor=None, subject=customer, detail={"surface": "page"})
        if sight(world.username, position, "crm.customer") != NONE:
            read_of.add(event.pk)
    listed = record("crm.customer.listed", actor=None, detail={"surface": "page", "count": 3})
    return read_of | ({listed.pk} if world.username != "heidi" else set())


@pytest.mark.parametrize("username", ["frank", "grace", "heidi"])
def test_the_trail_tells_of_rows_in_scope_and_of_looks_at_many_to_who_reads_of_customers(username, world_of, findings):
    world = world_of(username)
    client, before = signed_in(world.user), set(AuditEvent.objects.values_list("pk", flat=True))
    wanted = written(world)
    made = set(AuditEvent.objects.values_list("pk", flat=True)) - before
    api = {row["id"] for row in client.get(API).json()["results"]}
    console = set(map(int, LINK.findall(body(client.get(LIST)))))
    pages = {key for key in made if client.get(f"{LIST}{key}/change/").status_code == 200}
    for url, told in ((API, api), (LIST, console), (f"{LIST}<event>/change/", pages)):
        findings.tally.count(url)
        if told & made != wanted:
            findings.leak(f"{username}: GET {url}", f"tells of {len(told & made)} events, not {len(wanted)}")
    findings.check()


def test_on_a_customers_own_page_his_manager_reads_what_he_did_himself(bank, people):
    record("crm.customer.viewed", actor=people.dana, subject=bank.own, detail={"surface": "page"})
    url = f"/admin/crm/customer/{bank.own.pk}/trail/"
    assert str(people.dana) in body(signed_in(people.dana).get(url)).partition("<main")[2]
    assert str(people.dana) not in body(signed_in(people.alice).get(url))
