"""Relationships, households and groups in the API."""

from datetime import date, timedelta
from decimal import Decimal

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from crm.tests.factories import CustomerFactory, RelationshipFactory
from finpulse.audit.models import AuditEvent

SINCE = date(2020, 1, 1)


def test_who_may_see_which_end_of_a_relationship_over_two_units(client_of, bank):
    """own and pool in North, other_unit in South, a restricted spouse of whom only those who see him are told."""
    facts = {"since_on": SINCE, "share": Decimal("0.3")}
    married = RelationshipFactory(customer=bank.restricted, related=bank.own, kind="SPOUSE", **facts)
    directs = RelationshipFactory(customer=bank.own, related=bank.other_unit, kind="DIRECTOR_OF", **facts)
    owns = RelationshipFactory(customer=bank.pool, related=bank.other_unit, kind="SHAREHOLDER_OF", **facts)
    own, other, pool, restricted = (bank.own.pk, bank.other_unit.pk, bank.pool.pk, bank.restricted.pk)
    expected = {
        "alice": {directs.pk: (own, None)},
        "bob": {married.pk: (restricted, None)},
        "charlie": {directs.pk: (None, other), owns.pk: (None, other)},
        "dana": {directs.pk: (own, None), owns.pk: (pool, None)},
        "erin": {directs.pk: (own, other), owns.pk: (pool, other)},
        "frank": {directs.pk: (own, other), owns.pk: (pool, other)},
        "grace": {married.pk: (restricted, own), directs.pk: (own, other), owns.pk: (pool, other)},
        "script": {},
    }
    for reader, ends in expected.items():
        rows = client_of(reader).get("/api/v1/relationships/").json()["results"]
        assert {row["id"]: (row["customer"], row["related"]) for row in rows} == ends, reader
        for row in rows:
            whole = None not in ends[row["id"]]
            assert (row["share"], row["since_on"]) == ("0.3", SINCE.isoformat() if whole else None), reader
    assert client_of("heidi").get("/api/v1/relationships/").status_code == 403


def test_a_relationship_tells_whether_it_runs_and_is_found_from_either_end(client_of, bank):
    today = timezone.localdate()
    ended = RelationshipFactory(customer=bank.own, related=bank.pool, kind="PARTNER", until_on=today)
    runs = RelationshipFactory(customer=bank.pool, related=bank.own, until_on=today + timedelta(days=1))
    RelationshipFactory(customer=bank.same_unit, related=bank.other_unit)
    rows = client_of("dana").get(f"/api/v1/relationships/?customer={bank.own.pk}").json()["results"]
    assert {row["id"]: row["in_force"] for row in rows} == {ended.pk: False, runs.pk: True}
    assert client_of("alice").get(f"/api/v1/relationships/?customer={bank.pool.pk}").json()["results"] == []


def test_a_household_lists_those_in_scope_counts_others_but_the_restricted_and_is_written_down(client_of, bank):
    child = CustomerFactory(manager=bank.own.manager, birth_on=timezone.localdate() - timedelta(days=3000))
    for spouse in (bank.other_unit, bank.restricted):
        RelationshipFactory(customer=bank.own, related=spouse)
    RelationshipFactory(customer=bank.own, related=child, kind="PARENT_OF")
    body = client_of("alice").get(f"/api/v1/customers/{bank.own.pk}/household/").json()
    assert {member["id"] for member in body["members"]} == {bank.own.pk, child.pk}
    assert (body["hidden"], body["cut"]) == (1, False)
    assert AuditEvent.objects.get(verb="crm.customer.viewed").detail["surface"] == "api household"
    listed = AuditEvent.objects.get(verb="crm.customer.listed").detail
    assert (listed["count"], listed["filters"]) == (2, {"household_of": str(bank.own.pk)})


def test_a_group_costs_a_query_a_step_whatever_its_breadth(client_of, bank):
    alice = client_of("alice")
    url = f"/api/v1/customers/{bank.own.pk}/group/"

    def costs():
        with CaptureQueriesContext(connection) as asked:
            count = len(alice.get(url).json()["members"])
        return count, len(asked)

    def subsidiary():
        firm = CustomerFactory(manager=bank.own.manager, kind="ORGANISATION", organisation_name="Firm")
        RelationshipFactory(customer=bank.own, related=firm, kind="PARENT_COMPANY_OF")

    subsidiary()
    costs()
    narrow = costs()
    for _ in range(40):
        subsidiary()
    broad = costs()
    assert (narrow[0], broad[0]) == (2, 42)
    assert broad[1] == narrow[1]
