"""The trail as a sheet: what is filtered and may be read, harmless in a spreadsheet program, itself an event."""

import csv
import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from finpulse.audit.models import AuditEvent
from finpulse.audit.services import record
from finpulse.kernel.sheet_cells import plain_cell

BACKEND = "finpulse.identity.backends.RoleAndScopeBackend"
EXPORT = "/admin/audit/auditevent/export/"


@pytest.fixture
def exported(client):
    def export(user, query=""):
        client.force_login(user, backend=BACKEND)
        response = client.post(f"{EXPORT}{query}")
        assert response.status_code == 200
        text = b"".join(response.streaming_content).decode()
        return list(csv.DictReader(io.StringIO(text)))

    return export


def test_the_sheet_has_what_the_filters_leave_newest_first(exported, people, bank):
    first = record("crm.customer.viewed", actor=people.alice, subject=bank.own)
    second = record("crm.customer.viewed", actor=people.bob, subject=bank.own)
    record("crm.customer.edited", actor=people.alice, subject=bank.own)
    rows = exported(people.grace, f"?verb=crm.customer.viewed&actor={people.alice.pk}")
    assert [row["id"] for row in rows] == [str(first.pk)]
    rows = exported(people.grace, "?verb=crm.customer.viewed")
    assert [(row["id"], row["username"]) for row in rows] == [(str(second.pk), "bob"), (str(first.pk), "alice")]
    assert rows[1]["words"] == "Customer looked at"
    assert '"reach": "OWN"' in rows[1]["detail"]


def test_an_export_is_one_event_with_query_and_count_and_without_the_words(exported, people, bank):
    record("crm.customer.viewed", actor=people.bob, subject=bank.own)
    exported(people.grace, "?q=Bob+North&verb=crm.customer.viewed")
    event = AuditEvent.objects.latest("pk")
    assert (event.verb, event.actor) == ("audit.auditevent.exported", people.grace)
    assert (event.detail["count"], event.detail["filters"]) == (1, {"verb": "crm.customer.viewed"})
    assert event.detail["search"]["length"] == len("Bob North")
    assert "north" not in str(event.detail).casefold()


def test_nobody_exports_what_he_may_not_read(exported, people, bank):
    hidden = record("crm.customer.viewed", actor=people.bob, subject=bank.restricted)
    user = record("identity.user.roles_set", actor=None, subject=people.bob)
    keys = {name: {row["id"] for row in exported(getattr(people, name))} for name in ("grace", "frank", "heidi")}
    assert str(hidden.pk) in keys["grace"]
    assert str(hidden.pk) not in keys["frank"] | keys["heidi"]
    assert str(user.pk) in keys["heidi"]


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "  =1"])
def test_a_cell_that_begins_a_formula_is_text(exported, people, bank, text):
    assert plain_cell(text) == f"'{text}"
    record("crm.customer.granted", actor=people.grace, subject=bank.own, reason=text)
    (row,) = exported(people.grace, "?verb=crm.customer.granted")
    assert row["reason"].startswith("'")


@pytest.mark.parametrize("text", ["", "a=b", "1-1", None, 12])
def test_any_other_cell_stays_as_it_is(text):
    assert plain_cell(text) == ("" if text is None else str(text))


def test_a_sheet_costs_a_query_for_many_rows(exported, people, bank, client):
    AuditEvent.objects.bulk_create(AuditEvent(verb="test.thing.done", actor=people.bob) for _ in range(600))
    client.force_login(people.grace, backend=BACKEND)
    with CaptureQueriesContext(connection) as caught:
        response = client.post(f"{EXPORT}?verb=test.thing.done")
        assert len(b"".join(response.streaming_content).splitlines()) == 601
    assert len([query for query in caught if 'FROM "audit_auditevent"' in query["sql"]]) <= 4
