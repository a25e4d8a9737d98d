"""The API as a script uses it."""

from datetime import timedelta

import pytest
from django.utils import timezone
from rest_framework.test import APIClient

from crm.models import Interaction, Task
from crm.tests.factories import CustomerFactory, HoldingFactory
from finpulse.audit.models import AuditEvent


def call(customer, **changes):
    facts = {
        "customer": customer.pk,
        "channel": "CALL",
        "direction": "OUTBOUND",
        "occurred_at": timezone.now().isoformat(),
        "summary": "Asked about the deposit.",
        "next_step": {"title": "Send the offer", "due_on": (timezone.localdate() + timedelta(days=1)).isoformat()},
    }
    return facts | changes


def test_nobody_signed_in_is_401_with_a_problem_document(db):
    response = APIClient().get("/api/v1/customers/")
    assert response.status_code == 401
    assert response.headers["Content-Type"] == "application/problem+json"
    assert response.json()["status"] == 401


def test_pages_by_key_neither_skip_nor_repeat(alice, people):
    wanted = {CustomerFactory(manager=people.alice, family_name="Same", given_name="Name").pk for _ in range(7)}
    seen, url = [], "/api/v1/customers/?page_size=3"
    while url:
        body = alice.get(url).json()
        seen += [row["id"] for row in body["results"]]
        url = body["next"]
    assert len(seen) == len(set(seen)) == 7
    assert set(seen) == wanted


def test_detail_is_written_down_and_masks_identifiers(alice, bank):
    field = bank.own._meta.get_field("national_id")
    field.seal(bank.own, "7903144417")
    type(bank.own).objects.filter(pk=bank.own.pk).update(national_id=bank.own.national_id)
    body = alice.get(f"/api/v1/customers/{bank.own.pk}/").json()
    assert body["national_id"] == "•••• 4417"
    assert AuditEvent.objects.get(verb="crm.customer.viewed").detail["surface"] == "api"


def test_contact_data_may_be_patched_and_the_core_s_fields_not(alice, bank):
    url = f"/api/v1/customers/{bank.own.pk}/"
    assert alice.patch(url, {"city": "Brno"}).json()["city"] == "Brno"
    bank.own.refresh_from_db()
    assert bank.own.edited_here == ["city"]
    refused = alice.patch(url, {"family_name": "Other"})
    assert refused.status_code == 400
    assert "family_name" in refused.json()["errors"]


def test_a_log_with_an_idempotency_key_is_done_once(alice, bank):
    headers = {"HTTP_IDEMPOTENCY_KEY": "k1"}
    facts = call(bank.own)
    first = alice.post("/api/v1/interactions/", facts, **headers)
    again = alice.post("/api/v1/interactions/", facts, **headers)
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.json() == again.json()
    assert (Interaction.objects.count(), Task.objects.count()) == (1, 1)
    other = alice.post("/api/v1/interactions/", call(bank.own, summary="Another."), **headers)
    assert other.status_code == 422
    assert Interaction.objects.count() == 1


def test_a_failed_post_leaves_its_key_free(alice, bank):
    headers = {"HTTP_IDEMPOTENCY_KEY": "k2"}
    bad = alice.post("/api/v1/interactions/", call(bank.own, summary="card 4111111111111111"), **headers)
    assert bad.status_code == 400
    assert "summary" in bad.json()["errors"]
    assert alice.post("/api/v1/interactions/", call(bank.own), **headers).status_code == 201


@pytest.mark.parametrize("position", ["same_unit", "other_unit", "restricted"])
def test_a_foreign_customer_in_the_body_is_404_and_changes_nothing(alice, bank, position):
    customer = getattr(bank, position)
    assert alice.post("/api/v1/interactions/", call(customer)).status_code == 404
    task = {"customer": customer.pk, "title": "x", "due_on": timezone.localdate().isoformat()}
    assert alice.post("/api/v1/tasks/", task).status_code == 404
    assert not Interaction.objects.exists()
    assert not Task.objects.exists()


def test_a_foreign_id_in_a_filter_tells_no_more_than_an_id_that_never_was(alice, bank):
    for url in ("/api/v1/tasks/?customer=", "/api/v1/holdings/?party=", "/api/v1/interactions/?customer="):
        assert alice.get(f"{url}{bank.other_unit.pk}").json() == alice.get(f"{url}987654321").json()


def test_a_task_is_done_once(alice, bank):
    added = alice.post(
        "/api/v1/tasks/", {"customer": bank.own.pk, "title": "Call", "due_on": timezone.localdate().isoformat()}
    )
    url = f"/api/v1/tasks/{added.json()['id']}/done/"
    assert alice.post(url).json()["done_at"] == alice.post(url).json()["done_at"]


def test_a_joint_holding_hides_the_owner_who_is_out_of_scope(alice, bank):
    theirs = HoldingFactory(customer=bank.other_unit)
    theirs.parties.create(customer=bank.own, role="JOINT")
    body = alice.get(f"/api/v1/holdings/{theirs.pk}/").json()
    assert body["customer"] is None


def test_me_tells_roles_and_unit(alice):
    body = alice.get("/api/v1/me/").json()
    assert (body["username"], body["unit"], body["roles"]) == ("alice", "NORTH", ["customer_manager"])


def test_the_schema_is_openapi_3_1_and_names_every_resource(alice):
    body = alice.get("/api/v1/schema/?format=json").json()
    assert body["openapi"].startswith("3.1")
    for name in ("customers", "holdings", "interactions", "tasks", "products", "notifications", "me"):
        assert f"/api/v1/{name}/" in body["paths"]


def test_pages_lead_on_and_back_over_equal_names_and_days(client, people):
    client.force_login(people.alice, backend="finpulse.identity.backends.RoleAndScopeBackend")
    day = timezone.localdate()
    for _ in range(7):
        customer = CustomerFactory(manager=people.alice, given_name="Jan", family_name="Novák")
        HoldingFactory(customer=customer, matures_on=day)
    for url in ("/api/v1/customers/?page_size=3", f"/api/v1/holdings/?page_size=3&matures_after={day}"):
        forth = list(walked(client, url, "next"))
        assert [len(page) for page, _ in forth] == [3, 3, 1]
        assert len({key for page, _ in forth for key in page}) == 7
        back = list(walked(client, forth[-1][1], "previous"))
        assert [page for page, _ in back] == [page for page, _ in reversed(forth)][1:]


def walked(client, url, way):
    """Give each page's keys with the address of the page before it."""
    while url:
        body = client.get(url).json()
        yield [row["id"] for row in body["results"]], body["previous"]
        url = body[way]


@pytest.mark.parametrize("cursor", ["x", "e30", "W10", "WzAsbnVsbCxudWxsXQ", "WzAsICJhXHUwMDAwIiwgMV0"])
def test_a_cursor_that_no_page_gave_is_refused(client, people, cursor):
    client.force_login(people.alice, backend="finpulse.identity.backends.RoleAndScopeBackend")
    assert client.get(f"/api/v1/customers/?cursor={cursor}").status_code == 400
