"""Who stands in read-only looks and logs: every other route that writes is walked, and refuses."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from crm.models import Interaction, Task
from crm.tests.factories import FeedDifferenceFactory, TaskFactory
from finpulse.identity.models import Cover
from finpulse.identity.services import cover_give
from tests.access.answers import ONLY_FOR
from tests.access.asking import ask, checksums, signed_in
from tests.access.payloads import PAYLOADS
from tests.access.routes import all_routes
from tests.invariants.rows import makers

DAY = timedelta(days=1)
# Of the tables that these change only: an interaction, without a next step, which is a change of what is planned.
LOGS = {
    ("admin/crm/customer/<int:object_id>/log/", "post"): {"crm_interaction"},
    ("api/v1/interactions/", "post"): {"crm_interaction"},
}


@pytest.fixture
def covered(bank, people):
    cover_give(
        covered=people.bob,
        coverer=people.alice,
        starts_at=timezone.now() - DAY,
        ends_at=timezone.now() + DAY,
        read_only=True,
        actor=people.bob,
        reason="Holiday",
    )
    customer = bank.same_unit
    of = {"customer": customer, "assignee": people.alice, "created_by": people.bob}
    return {
        "crm.customer": customer,
        "crm.task": TaskFactory(due_on=timezone.localdate(), **of),
        "crm.feeddifference": FeedDifferenceFactory(customer=customer, column="city", theirs="Brno"),
    }


def walked(covered, people):
    """Ask every route that writes about a row of the covered customer: what each changed, then undone."""
    client, before, models = signed_in(people.alice), checksums(), {route.path: route for route in all_routes()}
    for (path, method), (make, _) in PAYLOADS.items():
        model = "crm.customer" if path.endswith(("/interactions/", "/tasks/")) else models[path].model
        with transaction.atomic():
            row = covered.get(model) or makers()[model](covered["crm.customer"], people.bob)
            as_it_was = before if model in covered else checksums()
            client.cookies.pop("messages", None)
            ask(client, method, models[path].url(row.pk), make(row))
            yield (path, method), {table for table, found in checksums().items() if found != as_it_was[table]}
            transaction.set_rollback(True)


def test_a_read_only_cover_refuses_every_route_that_writes_but_the_log(covered, people):
    changed = dict(walked(covered, people))
    assert set(changed) == set(PAYLOADS)
    assert {line: tables for line, tables in changed.items() if tables} == LOGS


def test_a_cover_to_work_lets_the_same_routes_change_what_they_are_for(covered, people):
    Cover.objects.update(read_only=False)
    changed = dict(walked(covered, people))
    asked = [line for line in changed if "/crm/" in line[0] and line[0] not in ONLY_FOR]
    assert [line for line in asked if PAYLOADS[line][1] not in changed[line]] == []


def test_a_read_only_cover_offers_no_verb_that_it_refuses(covered, people):
    client, of = signed_in(people.alice), f"/admin/crm/customer/{covered['crm.customer'].pk}/"
    form = client.get(f"{of}log/").content.decode()
    assert "not plan with him" in form
    assert 'name="next_step"' not in form
    # What was typed while it still was offered comes back.
    log = PAYLOADS[("admin/crm/customer/<int:object_id>/log/", "post")][0](covered["crm.customer"])
    refused = client.post(f"{of}log/", log | {"next_step": "Call", "next_step_on": log["occurred_at"][:10]})
    assert 'value="Call"' in refused.content.decode()
    assert not Interaction.objects.exists()
    page = client.get(of).content.decode()
    assert "Log interaction" in page
    assert "Edit contact data" not in page
    assert "/done/" not in page


def test_a_cover_that_runs_out_in_mid_session_cuts_pages_parts_and_cursors(covered, people):
    client, key = signed_in(people.alice), covered["crm.customer"].pk
    Interaction.objects.bulk_create(
        Interaction(
            customer_id=key,
            channel="CALL",
            direction="INBOUND",
            occurred_at=timezone.now(),
            summary="Called.",
            author=people.bob,
        )
        for _ in range(3)
    )
    pages = [f"/admin/crm/customer/{key}/", f"/api/v1/customers/{key}/", f"/admin/crm/customer/{key}/log/"]
    part = {"headers": {"HX-Request": "true"}}
    assert [client.get(url, **part).status_code for url in pages] == [200, 200, 200]
    first = client.get("/api/v1/interactions/?page_size=2").json()
    assert len(first["results"]) == 2
    Cover.objects.update(starts_at=timezone.now() - 2 * DAY, ends_at=timezone.now())
    assert [client.get(url, **part).status_code for url in pages] == [404, 404, 404]
    assert [client.get(url).status_code for url in pages] == [404, 404, 404]
    following = client.get(first["next"]).json()
    assert (following["results"], following["next"]) == ([], None)
    assert client.post(f"/admin/crm/customer/{key}/log/", {"summary": "x"}, **part).status_code == 404
    assert Task.objects.filter(customer=key, state="OPEN").exists()
