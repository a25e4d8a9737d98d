"""How far each role reads the trail: the flag beats the auditor, and who runs FinPulse reads nothing of customers."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from crm.services.grants import customer_grant
from finpulse.audit.models import AuditEvent
from finpulse.audit.selectors import events_matching
from finpulse.audit.services import record
from finpulse.audit.sight import shown_detail
from finpulse.audit.telling import told
from finpulse.identity.models import User
from finpulse.identity.services import user_set_roles
from finpulse.kernel.proposals import proposal_make

BACKEND = "finpulse.identity.backends.RoleAndScopeBackend"
LIST, API = "/admin/audit/auditevent/", "/api/v1/audit-events/"


@pytest.fixture
def events(people, bank):
    """One event about each of: a plain customer, a restricted one, his holding, a user; and a search."""
    subjects = {"plain": bank.own, "restricted": bank.restricted, "holding": bank.holdings["restricted"]}
    found = {
        name: record(f"{row._meta.label_lower}.viewed", actor=people.bob, subject=row) for name, row in subjects.items()
    }
    found["user"] = record("identity.user.roles_set", actor=None, subject=people.bob, detail={"after": ["auditor"]})
    detail = {"count": 3, "filters": {"customer": str(bank.restricted.pk), "segment": "SME"}, "surface": "api"}
    found["search"] = AuditEvent.objects.create(
        verb="crm.customer.searched", actor=people.bob, subject_type="crm.customer", detail=detail
    )
    return found


@pytest.fixture
def signed_in(client):
    def sign_in(user):
        client.force_login(user, backend=BACKEND)
        return client

    return sign_in


ALL = {"plain", "restricted", "holding", "user", "search"}
READ_BY = {"grace": ALL, "frank": ALL - {"restricted", "holding"}, "heidi": {"user"}}


@pytest.mark.parametrize("name", READ_BY)
def test_each_role_reads_as_far_as_it_sees(people, events, signed_in, name):
    client = signed_in(getattr(people, name))
    keys = {event.pk: what for what, event in events.items()}
    listed = client.get(LIST).context["cl"]
    assert {keys[row.pk] for row in listed.result_list if row.pk in keys} == READ_BY[name]
    told = client.get(API, {"page_size": 200}).json()["results"]
    assert {keys[row["id"]] for row in told if row["id"] in keys} == READ_BY[name]
    for what, event in events.items():
        status = 200 if what in READ_BY[name] else 404
        assert client.get(f"{LIST}{event.pk}/change/").status_code == status
        assert client.get(f"{API}{event.pk}/").status_code == status


def test_a_restricted_customer_is_found_by_no_key_filter_or_count(people, bank, events, signed_in):
    client, key = signed_in(people.frank), bank.restricted.pk
    for asked in ({"q": str(key)}, {"q": "bob"}, {"subject_type": "crm.customer"}, {"actor": people.bob.pk}):
        listed = client.get(LIST, asked).context["cl"]
        assert ("crm.customer", key) not in {(row.subject_type, row.subject_id) for row in listed.result_list}
        assert listed.result_count == len(listed.result_list)
    assert client.get(API, {"subject_id": key, "subject_type": "crm.customer"}).json()["results"] == []


def test_an_auditor_with_need_to_know_reads_of_the_restricted_customer(people, bank, events, signed_in):
    customer_grant(customer_id=bank.restricted.pk, to_user=people.frank, actor=people.grace, reason="asked in")
    frank = User.objects.with_access().get(pk=people.frank.pk)
    rows = signed_in(frank).get(LIST).context["cl"].result_list
    assert events["restricted"].pk in {row.pk for row in rows}


def test_who_is_auditor_too_reads_of_customers_by_that_role_alone(people, events):
    user_set_roles(user=people.alice, names=["customer_manager", "auditor"], actor=None, reason="a test")
    alice = User.objects.with_access().get(pk=people.alice.pk)
    shown = AuditEvent.objects.shown_to(alice)
    assert {what for what, event in events.items() if shown.filter(pk=event.pk).exists()} == READ_BY["frank"]


def test_keys_of_rows_and_counts_of_searches_are_for_who_sees_every_customer(people, events):
    event = events["search"]
    assert shown_detail(event, people.grace) == event.detail
    assert shown_detail(event, people.frank) == {"surface": "api", "filters": {"customer": "…", "segment": "SME"}}
    event.verb, event.detail = "crm.customer.listed", {"count": 2, "surface": "restricted"}
    assert shown_detail(event, people.frank) == {}
    event.detail = {"customers": [1, 2], "by": {"reach": "OWN"}}
    assert shown_detail(event, people.frank) == {"by": {"reach": "OWN"}}


def test_that_a_flag_is_proposed_is_read_by_who_sees_every_customer_alone(people, bank, signed_in):
    reason = "Rumour of a merger."
    facts = {"payload": {"restricted": True}, "reason": reason, "actor": people.grace}
    proposal_make(kind="crm.customer.restrict", subject_id=bank.own.pk, **facts)
    places = (LIST, API, reverse("admin:crm_customer_trail", args=[bank.own.pk]))
    for name, reads in (("grace", True), ("frank", False), ("dana", False)):
        client = signed_in(getattr(people, name))
        found = [reason in client.get(place).content.decode() for place in places]
        assert any(found) == reads, name
    assert not AuditEvent.objects.shown_to(people.frank).filter(verb="kernel.proposal.made").exists()


def test_the_resource_is_filtered_and_paged_by_cursor(people, bank, events, signed_in):
    client = signed_in(people.grace)

    def found(**asked):
        return [row["id"] for row in client.get(API, asked).json()["results"]]

    assert found(verb="crm.customer.viewed") == [events["restricted"].pk, events["plain"].pk]
    assert found(subject_type="crm.customer", subject_id=bank.own.pk) == [events["plain"].pk]
    assert found(actor=people.charlie.pk) == []
    assert found(at__lt="2001-01-01T00:00:00Z") == []
    first = client.get(API, {"page_size": 2, "actor": people.bob.pk}).json()
    second = client.get(first["next"]).json()
    assert [row["id"] for row in (*first["results"], *second["results"])] == sorted(
        (event.pk for what, event in events.items() if what != "user"), reverse=True
    )
    assert (first["results"][0]["words"], first["results"][0]["kind"]) == ("Customers searched for", "saw")


def test_the_trail_is_narrowed_by_person_verb_kind_and_day(people, events, signed_in):
    client = signed_in(people.grace)

    def found(**asked):
        return {row.pk for row in client.get(LIST, asked).context["cl"].result_list}

    assert found(verb="identity.user.roles_set") >= {events["user"].pk}
    assert found(subject_type="crm.holding") == {events["holding"].pk}
    assert found(actor=people.bob.pk) == {event.pk for what, event in events.items() if what != "user"}
    assert found(actor=people.bob.pk, verb="crm.holding.viewed") == {events["holding"].pk}
    assert found(actor="x") == found(actor=str(10**18)) == found(q="2001-02-29") == found(q="2001-02-03") == set()
    assert {event.pk for event in events.values()} <= found(q=timezone.localdate(events["user"].at).isoformat())
    assert found(q="Bob North") == found(actor=people.bob.pk)


def test_no_raw_verb_and_no_choice_of_another_kind_stands_on_a_page(people, events, signed_in):
    body = signed_in(people.heidi).get(LIST).content.decode()
    assert "Roles set" in body
    assert "Customer looked at" not in body
    assert "crm.customer" not in body
    body = signed_in(people.frank).get(f"{LIST}{events['plain'].pk}/change/").content.decode()
    assert "Customer looked at" in body
    assert "crm.customer.viewed" not in body


MANY = 3000
WALKS = {
    "audit_event_actor": lambda people: {"actor": people.dana.pk},
    "audit_event_verb": lambda people: {"verb": "test.rare.done"},
    "audit_event_kind": lambda people: {"subject_type": "identity.user"},
}


@pytest.mark.parametrize("index", WALKS)
@pytest.mark.parametrize("name", ["grace", "frank"])
def test_among_many_events_a_filter_walks_its_index(people, bank, index, name):
    common = {"verb": "crm.customer.viewed", "subject_type": "crm.customer", "subject_id": bank.own.pk}
    AuditEvent.objects.bulk_create(AuditEvent(actor=people.bob, **common) for _ in range(MANY))
    for _ in range(3):
        record("test.rare.done", actor=people.dana, subject=people.bob)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE audit_auditevent")
    rows = AuditEvent.objects.shown_to(getattr(people, name)).filter(**WALKS[index](people)).order_by("-id")
    plan = rows.values_list("pk")[:51].explain()
    assert index in plan, plan
    assert "Seq Scan on audit_auditevent" not in plan, plan


def test_who_runs_finpulse_walks_the_kinds_he_reads(people, bank):
    test_among_many_events_a_filter_walks_its_index(people, bank, "audit_event_kind", "heidi")


def test_a_page_of_the_trail_asks_no_more_customers_than_it_shows(people, bank, signed_in):
    common = {"verb": "crm.customer.viewed", "subject_type": "crm.customer", "subject_id": bank.own.pk}
    AuditEvent.objects.bulk_create(AuditEvent(actor=people.bob, **common) for _ in range(MANY))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE audit_auditevent")
    client = signed_in(people.frank)
    client.get(API)
    with CaptureQueriesContext(connection) as caught:
        client.get(API)
    (sql,) = [query["sql"] for query in caught if query["sql"].startswith('SELECT "audit_auditevent"."id" AS')]
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (ANALYZE, TIMING OFF) {sql}")
        plan = "\n".join(line for (line,) in cursor.fetchall())
    assert "audit_auditevent_pkey" in plan, plan
    assert "Rows Removed by Filter: 3" not in plan


def test_a_word_and_a_whole_name_are_searched_as_they_are(people, events):
    rows = AuditEvent.objects.all()
    assert not events_matching(rows, "bo").filter(pk__in=[event.pk for event in events.values()]).exists()
    assert events_matching(rows, "BOB").filter(pk=events["plain"].pk).exists()


def test_a_users_page_leads_to_what_he_did_and_that_to_his_sign_ins(people, events, signed_in):
    client = signed_in(people.heidi)
    body = client.get(f"/admin/identity/user/{people.bob.pk}/change/").content.decode()
    assert f"{LIST}?actor={people.bob.pk}" in body
    assert (
        f"/admin/identity/user/{people.bob.pk}/sessions/" in client.get(LIST, {"actor": people.bob.pk}).content.decode()
    )
    body = signed_in(people.frank).get(LIST, {"actor": people.bob.pk}).content.decode()
    assert "/admin/identity/signinattempt/?q=bob" in body
    assert "/admin/identity/signinattempt/?q" not in client.get(LIST).content.decode()
    assert "/sessions/" not in signed_in(people.frank).get(LIST, {"actor": people.bob.pk}).content.decode()


def test_a_cover_is_told_by_whom_it_stands_in_for_in_one_query(people, bank, django_assert_num_queries):
    by = {"cover": 3, "for": people.alice.pk}
    events = [AuditEvent(verb="crm.customer.viewed", actor=people.bob, detail={"by": by}) for _ in range(3)]
    with django_assert_num_queries(1):
        rows = told(events)
    assert {row.right for row in rows} == {f"for {people.alice}, cover 3"}
