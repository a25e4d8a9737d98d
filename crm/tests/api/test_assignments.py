"""The history of assignments by scope, and assigning through the API."""

from __future__ import annotations

import pytest

from crm.models import Assignment, Customer
from crm.services import customer_assign
from finpulse.identity.models import User

URL = "/api/v1/assignments/"


def fresh(user):
    return User.objects.with_access().select_related("unit").get(pk=user.pk)


@pytest.fixture
def api(client_of):
    """Give a caller, and the JSON that he sends."""

    def call(name, facts):
        return client_of(name).post(URL, facts, format="json")

    return call


@pytest.fixture
def assigned(bank, people):
    return customer_assign(
        customer_id=bank.pool.pk, to_manager=fresh(people.bob), actor=fresh(people.dana), reason="He knows the trade."
    )


def facts(customer):
    return {"customer": customer.pk, "manager": "bob", "reason": "He knows the trade."}


@pytest.mark.parametrize(("username", "sees"), [("bob", True), ("dana", True), ("frank", True), ("alice", False)])
def test_who_sees_the_customer_sees_who_had_him(username, sees, assigned, client_of, people):
    answer = client_of(username).get(URL, {"customer": assigned.pk}).json()
    found = [(row["manager"], row["until_at"] is None, row["moved_by"]) for row in answer["results"]]
    assert found == ([(people.bob.pk, True, people.dana.pk), (None, False, None)] if sees else [])


def test_an_unassigned_customer_is_assigned_once(bank, api, people):
    answer = api("dana", facts(bank.pool))
    assert (answer.status_code, answer.json()["manager"]) == (201, people.bob.pk)
    again = api("dana", facts(bank.pool))
    assert again.status_code == 409
    assert "propose a handover" in again.json()["detail"]
    assert Customer.objects.get(pk=bank.pool.pk).manager == people.bob
    assert Assignment.objects.filter(customer=bank.pool).count() == 2


def test_a_customer_out_of_scope_is_not_there_and_who_assigns_nobody_is_refused(bank, api):
    for customer in (bank.other_unit, bank.restricted):
        assert api("dana", facts(customer)).status_code == 404
    assert api("alice", facts(bank.pool)).status_code == 403
    assert api("dana", facts(bank.pool) | {"manager": "nobody-of-this-name"}).status_code == 404
    assert not Assignment.objects.exists()
