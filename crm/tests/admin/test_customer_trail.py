"""The page of a customer's trail: who did and saw what, and by which right."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from crm.models import CustomerUserObjectPermission
from crm.services import interaction_log
from crm.services.grants import customer_grant
from crm.services.many_tasks import tasks_add
from finpulse.audit.models import AuditEvent
from finpulse.audit.services import record
from finpulse.identity.models import Cover, User
from finpulse.identity.services import cover_give

BACKEND = "finpulse.identity.backends.RoleAndScopeBackend"


@pytest.fixture
def page(client, bank):
    def show(user, customer=None, **asked):
        client.force_login(user, backend=BACKEND)
        return client.get(f"/admin/crm/customer/{(customer or bank.own).pk}/trail/", asked)

    return show


def again(user):
    return User.objects.with_access().get(pk=user.pk)


def look(client, user, customer):
    client.force_login(user, backend=BACKEND)
    assert client.get(f"/admin/crm/customer/{customer.pk}/").status_code == 200
    return AuditEvent.objects.filter(verb="crm.customer.viewed").latest("pk")


def texts(response):
    return [(row.who, row.what, row.right) for row in response.context["told"]]


def test_each_event_keeps_the_right_it_was_done_by(client, people, bank):
    now = timezone.now()
    times = {"starts_at": now - timedelta(hours=1), "ends_at": now + timedelta(hours=1)}
    cover_give(covered=people.alice, coverer=people.bob, actor=people.dana, reason="leave", read_only=False, **times)
    customer_grant(customer_id=bank.own.pk, to_user=people.charlie, actor=people.grace, reason="asked in")
    cover, grant = Cover.objects.get(), CustomerUserObjectPermission.objects.get()
    expected = {
        "alice": {"reach": "OWN"},
        "bob": {"cover": cover.pk, "for": people.alice.pk},
        "charlie": {"grant": grant.pk},
        "dana": {"reach": "UNIT"},
        "erin": {"reach": "ALL", "role": "administrator"},
        "frank": {"reach": "ALL", "role": "auditor"},
        "grace": {"reach": "ALL_AND_RESTRICTED", "role": "compliance"},
    }
    kept = {name: look(client, getattr(people, name), bank.own).detail["by"] for name in expected}
    assert kept == expected


def test_the_right_to_an_own_customer_costs_no_query(people, bank):
    with CaptureQueriesContext(connection) as caught:
        record("crm.customer.viewed", actor=people.alice, subject=bank.own)
    assert len(caught) == 1


def test_tasks_for_many_customers_keep_the_right_to_each(people, bank):
    dana, day = again(people.dana), timezone.localdate()
    tasks_add(customer_ids=[bank.own.pk, bank.pool.pk], title="Call", due_on=day, actor=dana)
    kept = AuditEvent.objects.filter(verb="crm.task.added").values_list("detail__by", flat=True)
    assert list(kept) == [{"reach": "UNIT"}] * 2


def test_finpulse_itself_acts_by_no_right(bank):
    assert record("crm.customer.manager_set", actor=None, subject=bank.own).detail == {}


def test_a_supervisor_reads_what_everybody_did_in_words(page, client, people, bank):
    look(client, people.alice, bank.own)
    interaction_log(
        customer_id=bank.own.pk,
        channel="CALL",
        direction="INBOUND",
        occurred_at=timezone.now(),
        summary="Hello",
        actor=people.alice,
    )
    told = texts(page(people.dana))
    assert told[1:] == [
        (str(people.alice), "Interaction logged", "own customer"),
        (str(people.alice), "Customer looked at", "own customer"),
    ]
    assert told[0] == (str(people.dana), "Customer looked at", "customer of the unit")


def test_what_hangs_on_the_customer_is_told_too(page, client, people, bank):
    client.force_login(people.alice, backend=BACKEND)
    assert client.get(f"/admin/crm/holding/{bank.joint.pk}/change/").status_code == 200
    assert (str(people.alice), "Holding looked at", "") in texts(page(people.grace))
    assert (str(people.alice), "Holding looked at", "") in texts(page(people.grace, bank.other_unit))
    assert (str(people.alice), "Holding looked at", "") not in texts(page(people.grace, bank.same_unit))


@pytest.mark.parametrize("name", ["alice", "erin"])
def test_who_does_not_answer_for_access_reads_what_he_did_himself(page, client, people, bank, name):
    look(client, people.dana, bank.own)
    response = page(getattr(people, name))
    assert {who for who, _, _ in texts(response)} == {str(getattr(people, name))}
    assert "What you did yourself" in response.content.decode()


def test_of_a_restricted_customer_compliance_alone_reads_the_trail(page, client, people, bank):
    look(client, people.bob, bank.restricted)
    assert str(people.bob) in {who for who, _, _ in texts(page(people.grace, bank.restricted))}
    customer_grant(customer_id=bank.restricted.pk, to_user=people.frank, actor=people.grace, reason="asked in")
    assert {who for who, _, _ in texts(page(people.frank, bank.restricted))} == {str(people.frank)}
    assert page(people.dana, bank.restricted).status_code == 404


@pytest.fixture
def done(people, bank):
    """Have events of each kind, one of them ten days old."""
    for verb in ("crm.customer.viewed", "crm.customer.edited", "crm.customer.revealed", "advisory.eligibility.viewed"):
        record(verb, actor=people.alice, subject=bank.own)
    record("crm.customer.exported", actor=people.bob, subject=bank.own)
    old = record("crm.customer.edited", actor=people.alice, subject=bank.own)
    AuditEvent.objects.filter(pk=old.pk).update(at=timezone.now() - timedelta(days=10))


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"kind": "revealed"}, ["Identifier shown whole"]),
        ({"kind": "exported"}, ["Customer exported"]),
        ({"kind": "asked"}, ["Asked what he may apply for"]),
        ({"kind": "saw"}, ["Customer looked at"]),
        ({"kind": "did"}, ["Contact data edited", "Contact data edited"]),
        ({"who": "bob"}, ["Customer exported"]),
        ({"who": "Bob North", "kind": "exported"}, ["Customer exported"]),
        ({"who": "nobody of this name"}, []),
        ({"until": -10}, ["Contact data edited"]),
        ({"since": -10, "until": -10}, ["Contact data edited"]),
        ({"since": -20, "until": -11}, []),
    ],
)
def test_the_trail_is_narrowed_by_kind_person_and_day(page, people, done, asked, found):
    days = {
        name: (timezone.localdate() + timedelta(days=value)).isoformat()
        for name, value in asked.items()
        if isinstance(value, int)
    }
    rows = texts(page(people.grace, **(asked | days)))
    assert [what for who, what, _ in rows if who != str(people.grace)] == found


def test_a_wrong_day_is_said_and_narrows_nothing(page, people, bank):
    response = page(people.grace, since="yesterday")
    assert "Enter a valid date" in response.content.decode()
    assert texts(response)


def test_the_page_costs_the_same_for_few_events_and_for_many(page, people, bank):
    def cost():
        with CaptureQueriesContext(connection) as caught:
            page(people.grace)
        return len(caught)

    record("crm.customer.viewed", actor=people.alice, subject=bank.own)
    cost()
    few = cost()
    for number in range(120):
        record("crm.customer.viewed", actor=people.bob if number % 2 else people.dana, subject=bank.own)
    assert cost() == few


def test_among_many_events_a_customers_are_found_by_an_index(page, people, bank):
    other = bank.same_unit
    AuditEvent.objects.bulk_create(
        AuditEvent(verb="crm.customer.viewed", actor=people.bob, subject_type="crm.customer", subject_id=other.pk + key)
        for key in range(3000)
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE audit_auditevent")
    with CaptureQueriesContext(connection) as caught:
        page(people.grace)
    asked = [query["sql"] for query in caught if "audit_auditevent" in query["sql"] and "UNION" in query["sql"]]
    assert len(asked) == 2
    for sql in asked:
        with connection.cursor() as cursor:
            cursor.execute(f"EXPLAIN {sql}")
            plan = "\n".join(line for (line,) in cursor.fetchall())
        assert "Seq Scan on audit_auditevent" not in plan, plan
        assert "audit_event_subject" in plan
