"""Looking is an event: one per list, search or page, with its query and count, and without the words typed."""

import json

import pytest
from django.contrib import admin
from django.core.exceptions import ImproperlyConfigured
from django.db import connection
from django.test.utils import CaptureQueriesContext
from rest_framework.decorators import action
from rest_framework.response import Response
from rest_framework.test import APIClient, APIRequestFactory, force_authenticate

from crm.api.customers import CustomerViewSet
from crm.models import Assignment, Customer
from crm.tests.factories import (
    CustomerFactory,
    FeedDifferenceFactory,
    HoldingFactory,
    InteractionFactory,
    RelationshipFactory,
    TaskFactory,
)
from finpulse.audit.models import AuditEvent
from finpulse.audit.selectors import events_matching
from finpulse.kernel.access.scope import is_scoped
from finpulse.kernel.looking import Look, look_writers, tell
from finpulse.kernel.registries import api_routes
from notifications.tests.factories import MessageFactory

BACKEND = "finpulse.identity.backends.RoleAndScopeBackend"
SCOPED_LISTS = {
    f"/admin/{model._meta.app_label}/{model._meta.model_name}/": model
    for model in admin.site._registry
    if is_scoped(model)
}
SCOPED_RESOURCES = {
    f"/api/v1/{name}/": view.queryset.model
    for name, view in api_routes.items()
    if getattr(view, "queryset", None) is not None and is_scoped(view.queryset.model)
}
# A resource that only lists has no page of one row.
SCOPED_PAGES = [
    *SCOPED_LISTS,
    *(url for url in SCOPED_RESOURCES if hasattr(api_routes.get(url.split("/")[3]), "retrieve")),
]


@pytest.fixture
def alice(people):
    client = APIClient()
    client.force_login(people.alice, backend=BACKEND)
    return client


@pytest.fixture
def rows(bank, people):
    """One row of each scoped model that alice may list."""
    task = TaskFactory(customer=bank.own, assignee=people.alice, created_by=people.alice)
    interaction = InteractionFactory(customer=bank.own, author=people.alice)
    message = MessageFactory(customer=bank.own, recipient=people.alice)
    relationship = RelationshipFactory(customer=bank.own, related=bank.same_unit)
    difference = FeedDifferenceFactory(customer=bank.own)
    assignment = Assignment.objects.create(customer=bank.own, manager=people.alice)
    rows = (bank.own, bank.holdings["own"], task, interaction, message, relationship, difference, assignment)
    return {type(row): row for row in rows}


def looks_of(get, *arguments):
    """Give the events that a request leaves, beside the statements it costs."""
    last = AuditEvent.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    with CaptureQueriesContext(connection) as caught:
        response = get(*arguments)
    assert response.status_code in (200, 302), response.content
    inserts = [query["sql"] for query in caught if query["sql"].startswith('INSERT INTO "audit_auditevent"')]
    events = list(AuditEvent.objects.filter(pk__gt=last))
    assert len(inserts) == len(events)
    return events


@pytest.mark.parametrize("url", [*SCOPED_LISTS, *SCOPED_RESOURCES])
def test_every_list_of_a_scoped_model_is_one_event_with_its_count(alice, people, rows, url):
    model = (SCOPED_LISTS | SCOPED_RESOURCES)[url]
    (event,) = looks_of(alice.get, url)
    assert (event.verb, event.actor) == (f"{model._meta.label_lower}.listed", people.alice)
    assert event.detail["count"] == model.objects.visible_to(people.alice).count() > 0
    assert event.detail["surface"] == ("console" if url.startswith("/admin/") else "api")


@pytest.mark.parametrize("url", SCOPED_PAGES)
def test_every_page_of_a_scoped_row_is_one_event_that_names_its_key(alice, rows, url):
    row = rows[(SCOPED_LISTS | SCOPED_RESOURCES)[url]]
    page = "change/" if url.startswith("/admin/") else ""
    events = looks_of(alice.get, f"{url}{row.pk}/{page}")
    if row._meta.label_lower == "notifications.message" and url.startswith("/admin/"):
        assert events == []  # it leads to the page of the customer, which is an event
    else:
        assert [(event.verb, event.subject_id) for event in events] == [(f"{row._meta.label_lower}.viewed", row.pk)]


@pytest.mark.parametrize("page", ["", "history/"])
def test_the_customer_page_and_a_history_are_looks_too(alice, bank, page):
    (event,) = looks_of(alice.get, f"/admin/crm/customer/{bank.own.pk}/{page}")
    assert (event.verb, event.subject_id) == ("crm.customer.viewed", bank.own.pk)


@pytest.mark.parametrize(
    "url",
    [
        "/admin/crm/customer/?q=Ownmarker&segment__exact=MASS",
        "/api/v1/customers/?search=Ownmarker&segment=MASS",
    ],
)
def test_a_search_keeps_its_filters_and_of_its_words_only_what_recognises_them(alice, bank, url):
    (event,) = looks_of(alice.get, url)
    assert event.verb == "crm.customer.searched"
    assert "MASS" in event.detail["filters"].values()
    assert event.detail["search"]["length"] == len("Ownmarker")
    assert "ownmarker" not in json.dumps(event.detail).casefold()


@pytest.mark.parametrize(
    "url", ["/admin/crm/customer/?family_name=Ownmarker", "/api/v1/customers/?customer_no=Ownmarker"]
)
def test_what_is_typed_into_a_free_text_filter_is_kept_as_a_search_is(alice, bank, url):
    (event,) = looks_of(alice.get, url)
    assert "typed" in event.detail["filters"].values()
    assert "ownmarker" not in json.dumps(event.detail).casefold()
    assert list(events_matching(AuditEvent.objects.all(), "OWNMARKER")) == [event]


def test_choosing_a_customer_and_choosing_a_related_row_are_searches(alice, bank):
    (event,) = looks_of(alice.get, "/admin/crm/interaction/log/?q=marker")
    assert (event.verb, event.detail["count"], event.detail["surface"]) == ("crm.customer.searched", 1, "choose")
    choices = "/admin/autocomplete/?app_label=crm&model_name=task&field_name=customer&term=marker"
    (event,) = looks_of(alice.get, choices)
    assert (event.verb, event.detail["count"], event.detail["surface"]) == ("crm.customer.searched", 1, "choices")


def test_my_day_is_one_event_with_the_rows_of_each_card(alice, rows):
    (event,) = looks_of(alice.get, "/admin/")
    assert event.verb == "kernel.my_day.viewed"
    assert event.detail["cards"]["crm.tasks"] == 1
    assert event.detail["count"] == sum(event.detail["cards"].values())


def test_who_lists_nothing_of_customers_leaves_no_event(client, people):
    client.force_login(people.heidi, backend=BACKEND)
    assert looks_of(client.get, "/admin/") == []
    assert looks_of(client.get, "/admin/identity/user/") == []


def test_a_list_that_goes_on_says_so(alice, people):
    for _ in range(3):
        CustomerFactory(manager=people.alice)
    (event,) = looks_of(alice.get, "/api/v1/customers/?page_size=2")
    assert event.detail == {"surface": "api", "count": 2, "more": True}
    further = alice.get("/api/v1/customers/?page_size=2").json()["next"]
    (event,) = looks_of(alice.get, further)
    assert event.detail == {"surface": "api", "count": 1, "place": "further on"}


@pytest.mark.parametrize("asked", ["Nováková", "novakova", "ELIŠKA", "eliska novakova", "Eliška  Nováková"])
def test_an_auditor_finds_who_searched_for_somebody(alice, client, people, asked):
    alice.get("/admin/crm/customer/", {"q": "Eliška Nováková"})
    alice.get("/admin/crm/customer/", {"q": "Novák"})
    client.force_login(people.frank, backend=BACKEND)
    (event,) = client.get("/admin/audit/auditevent/", {"q": asked}).context["cl"].result_list
    assert (event.actor, event.verb) == (people.alice, "crm.customer.searched")


def test_a_phone_is_found_however_it_was_spaced(alice):
    alice.get("/admin/crm/customer/", {"q": "602 118 204"})
    assert events_matching(AuditEvent.objects.all(), "602118204").count() == 1


def test_the_trail_is_searched_by_verb_subject_and_user_as_well(people, bank, alice):
    alice.get(f"/admin/crm/customer/{bank.own.pk}/")
    rows = AuditEvent.objects.filter(actor=people.alice, subject_type="crm.customer")
    for text in ("crm.customer.viewed", str(bank.own.pk), "alice"):
        assert events_matching(rows, text).get().subject_id == bank.own.pk
    assert not events_matching(rows, "crm.customer.erased").exists()
    assert not events_matching(rows, "9" * 30).exists()


class Unpaged(CustomerViewSet):
    """What somebody might write who forgets the trail."""

    action_permissions = {"every": "crm.view_customer"}

    @action(detail=False)
    def every(self, request):
        """Show all at once."""
        return Response([row.name for row in self.get_queryset()])


def test_a_resource_that_shows_scoped_rows_without_telling_is_refused(people, bank):
    request = APIRequestFactory().get("/")
    force_authenticate(request, people.alice)
    with pytest.raises(ImproperlyConfigured, match=r"Unpaged\.every shows rows without telling the trail"):
        Unpaged.as_view({"get": "every"})(request)


def test_nothing_is_shown_while_nobody_writes_looks_down(people):
    writers = list(look_writers.items())
    look_writers._entries.clear()
    try:
        with pytest.raises(ImproperlyConfigured, match="Nobody writes looks down"):
            tell(Look("test.thing.viewed", people.alice))
    finally:
        for name, writer in writers:
            look_writers.register(name, writer)


def test_a_search_of_the_trail_uses_its_index(people, db):
    look = {"search": {"words": ["x"], "length": 1}}
    AuditEvent.objects.bulk_create(AuditEvent(verb="a.b.searched", detail=look) for _ in range(2000))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE audit_auditevent")
    plan = events_matching(AuditEvent.objects.order_by("-id"), "somebody").explain()
    assert "audit_event_search" in plan
    assert "Seq Scan" not in plan.split("auth")[0]


def test_the_hook_costs_one_statement_a_list(alice, people):
    HoldingFactory(customer=CustomerFactory(manager=people.alice))
    assert Customer.objects.visible_to(people.alice).count() == 1
    for url in ("/api/v1/customers/", "/api/v1/holdings/"):
        alice.get(url)
        with CaptureQueriesContext(connection) as caught:
            alice.get(url)
        own = [query["sql"] for query in caught if not query["sql"].startswith(("SAVEPOINT", "RELEASE"))]
        signing_in = [sql for sql in own if "django_session" in sql or 'FROM "identity_user"' in sql]
        assert len(own) - len(signing_in) <= 3, own
