"""Lists, searches, filters, choices and the day's page show exactly the scope, and tell nothing of what lies beyond."""

from __future__ import annotations

from itertools import product

import pytest
from django.contrib import admin
from django.db.models import ForeignKey

from finpulse.kernel.access.scope import is_scoped
from tests.access.asking import alike, ask, said, signed_in
from tests.access.sight import NONE, SIGHT, sight
from tests.access.world import MARKS, NEVER, hidden_marks

# By model, the console's list and the API's.
LISTS = {
    "crm.customer": ("/admin/crm/customer/", "/api/v1/customers/"),
    "crm.holding": ("/admin/crm/holding/", "/api/v1/holdings/"),
    "crm.interaction": ("/admin/crm/interaction/", "/api/v1/interactions/"),
    "crm.task": ("/admin/crm/task/", "/api/v1/tasks/"),
    "crm.feeddifference": ("/admin/crm/feeddifference/", "/api/v1/feed-differences/"),
    "notifications.message": ("/admin/notifications/message/", "/api/v1/notifications/"),
}
# Verbs on many rows, by the model whose rows they change or add to.
BULK = {
    "crm.task": "/admin/crm/task/bulk/done/",
    "crm.customer": "/admin/crm/customer/bulk/task/",
    "notifications.message": "/admin/notifications/message/bulk/read/",
}
ASK = ("alice", "dana", "erin", "grace", "script")
# Addresses that name a customer, by his id, beside lists of what is his.
NAMING = (
    "/api/v1/interactions/?customer={}",
    "/api/v1/tasks/?customer={}",
    "/api/v1/assignments/?customer={}",
    "/api/v1/relationships/?customer={}",
    "/api/v1/feed-differences/?customer={}",
    "/api/v1/holdings/?party={}",
    "/api/v1/customers/?customer_no={}01",
    "/api/v1/holdings/?holding_no={}02",
)
# Lookups across a relation would read rows out of scope; ordering by what a list does not offer is passed over.
REFUSED_LOOKUPS = (
    "/admin/crm/customer/?manager__username=stranger",
    "/admin/crm/customer/?owned_holdings__parties__customer__family_name__startswith=Mk",
    "/admin/crm/holding/?customer__family_name__startswith=Mk",
    "/admin/crm/holding/?customer__id__exact=1",
    "/admin/crm/task/?customer__family_name=Mk",
    "/admin/crm/interaction/?customer__restricted=1",
    "/admin/notifications/message/?recipient__username=stranger",
    "/api/v1/holdings/?ordering=customer",
    "/api/v1/tasks/?ordering=customer__family_name",
)


def visible_keys(world, model):
    rows = world.rows[model]
    return {row.pk for position, row in rows.items() if sight(world.username, position, model) != NONE}


def ids_of(response):
    return {row["id"] for row in response.json()["results"]}


def names(world, response, url):
    text = said(response, url)
    return [mark.word for mark in hidden_marks(world) if mark.is_in(text)]


@pytest.mark.parametrize("username", ASK)
def test_a_list_shows_exactly_the_scope_and_counts_no_more(username, world_of, findings):
    world = world_of(username)
    client = signed_in(world.user)
    for model, (console, api) in LISTS.items():
        wanted = visible_keys(world, model)
        for query in ("", "?_popup=1", "?_to_field=id", "?o=1.-2.3"):
            shown = client.get(console + query)
            findings.tally.count(console)
            listed = shown.context["cl"]
            if {row.pk for row in listed.result_list} != wanted or listed.result_count != len(wanted):
                findings.leak(f"{username}: GET {console}{query}", "does not list exactly the scope")
            for word in names(world, shown, console):
                findings.leak(f"{username}: GET {console}{query}", f"names {word}")
        findings.tally.count(api)
        answer = client.get(api)
        if ids_of(answer) != wanted:
            findings.leak(f"{username}: GET {api}", "does not list exactly the scope")
        for word in names(world, answer, api):
            findings.leak(f"{username}: GET {api}", f"names {word}")
    findings.check()


@pytest.mark.parametrize("username", ASK)
def test_my_day_counts_and_names_those_in_scope_only(username, world_of, findings):
    world = world_of(username)
    shown = signed_in(world.user).get("/admin/")
    cards = {card["name"]: card["context"] for column in shown.context["cards"].values() for card in column}
    assert cards["crm.care"]["customers"] == str(len(visible_keys(world, "crm.customer")))
    findings.tally.count("/admin/")
    for word in names(world, shown, "/admin/"):
        findings.leak(f"{username}: GET /admin/", f"names {word}")
    findings.check()
    assert MARKS[next(iter(SIGHT[username]))].is_in(said(shown))


@pytest.mark.parametrize("username", ["alice", "script"])
def test_a_search_finds_nobody_out_of_scope_by_any_key(username, world_of, findings):
    world = world_of(username)
    client = signed_in(world.user)
    for position in ("other_unit", "restricted", "joint"):
        digits = MARKS[position].digits
        for term in (
            f"{digits}01",
            f"{digits}02",
            f"+420{digits}9",
            MARKS[position].word,
            MARKS[position].word.lower(),
        ):
            for url in ("/admin/crm/customer/?q=", "/admin/crm/holding/?q=", "/api/v1/customers/?search="):
                findings.tally.count(url)
                answer = client.get(url + term.replace("+", "%2B"))
                found = ids_of(answer) if "api" in url else {row.pk for row in answer.context["cl"].result_list}
                if {key for key in found if str(key).startswith(digits)}:
                    findings.leak(f"{username}, {position}: GET {url}", f"finds by {term}")
    own = MARKS["granted"]
    assert ids_of(client.get(f"/api/v1/customers/?search={own.word}")) == {own.key(1)}
    findings.check()


@pytest.mark.parametrize("username", ["alice", "script"])
def test_a_foreign_id_in_an_address_tells_no_more_than_an_id_that_never_was(username, world_of, findings):
    world = world_of(username)
    client = signed_in(world.user)
    for position in ("other_unit", "restricted", "joint"):
        for naming in NAMING:
            findings.tally.count(naming)
            key = MARKS[position].key(1) if naming.endswith("{}") else MARKS[position].digits
            foreign, never = (alike(client.get(naming.format(value)), "") for value in (key, NEVER))
            if foreign != never:
                findings.leak(
                    f"{username}, {position}: GET {naming}", "answers otherwise than for an id that never was"
                )
    findings.check()


def test_a_lookup_or_an_order_across_a_relation_is_refused(world_of, findings):
    client = signed_in(world_of("alice").user)
    for url in REFUSED_LOOKUPS:
        findings.tally.count(url)
        if client.get(url).status_code != 400:
            findings.leak(f"alice: GET {url}", "is answered")
    findings.check()


def choices():
    """Give every foreign key of a page's model that leads to a scoped model with a page of its own."""
    for model in admin.site._registry:
        for column in model._meta.get_fields():
            scoped = isinstance(column, ForeignKey) and is_scoped(column.related_model)
            if scoped and column.related_model in admin.site._registry:
                yield model._meta.app_label, model._meta.model_name, column.name


@pytest.mark.parametrize("username", ["alice", "dana", "heidi"])
def test_choices_offer_the_scope_only(username, world_of, findings):
    world = world_of(username)
    client = signed_in(world.user)
    offered = 0
    for app_label, model_name, field_name in choices():
        url = f"/admin/autocomplete/?app_label={app_label}&model_name={model_name}&field_name={field_name}&term=mk"
        findings.tally.count("admin/autocomplete/")
        answer = client.get(url)
        offered += answer.status_code == 200 and len(answer.json()["results"])
        for word in names(world, answer, ""):
            findings.leak(f"{username}: GET {url}", f"offers {word}")
    findings.check()
    assert bool(offered) == (username != "heidi")


@pytest.mark.parametrize("username", ["alice", "erin"])
def test_a_bulk_action_on_foreign_rows_does_nothing(username, world_of, findings):
    world = world_of(username)
    client = signed_in(world.user)
    for model, (console, _) in LISTS.items():
        rows = world.rows[model]
        data = {"action": "delete_selected", "_selected_action": [row.pk for row in rows.values()], "post": "yes"}
        answer = ask(client, "post", console, data)
        findings.tally.count(console)
        left = type(next(iter(rows.values())))._default_manager.filter(pk__in=[row.pk for row in rows.values()])
        if left.count() != len(rows) or names(world, answer, ""):
            findings.leak(f"{username}: POST {console} action=delete_selected", "deletes or names")
    findings.check()


@pytest.mark.parametrize("username", ["alice", "dana", "script"])
def test_what_a_verb_on_many_rows_would_do_names_and_counts_the_scope_only(username, world_of, findings):
    world = world_of(username)
    client = signed_in(world.user)
    for model, url in BULK.items():
        rows, wanted = world.rows[model], visible_keys(world, model)
        all_marked = {"_selected_action": [row.pk for row in rows.values()]}
        for data in (all_marked, {"across": "1"}):
            findings.tally.count(url)
            page = client.post(url, data)
            shown = len(page.context["keys"]) + sum(count for _, count, _ in page.context["refused"])
            if shown != len(wanted) or not set(page.context["keys"]) <= wanted:
                findings.leak(f"{username}: POST {url} {next(iter(data))}", "counts beyond the scope")
            for word in names(world, page, ""):
                findings.leak(f"{username}: POST {url} {next(iter(data))}", f"names {word}")
    findings.check()


@pytest.mark.parametrize("address", ["admin/crm/task/{}/done/", "admin/notifications/message/{}/read/", "admin/login/"])
def test_the_way_back_leads_nowhere_else(address, world_of):
    world = world_of("alice")
    model = "crm.task" if "task" in address else "notifications.message"
    url = "/" + address.format(world.rows[model]["own"].pk)
    for elsewhere in ("https://elsewhere.example/", "//elsewhere.example/", "javascript:alert(1)"):
        client = signed_in(world.user)
        answer = client.get(url, {"next": elsewhere}) if "login" in url else client.post(url, {"next": elsewhere})
        assert answer.status_code == 302
        assert "elsewhere" not in answer.headers["Location"]
        assert "javascript" not in answer.headers["Location"]


@pytest.mark.parametrize("username", ["alice", "dana"])
def test_what_is_typed_to_find_a_customer_offers_the_scope_only(username, world_of, findings):
    world = world_of(username)
    addresses = {"/admin/crm/interaction/log/": "matches", "/admin/crm/customer/find/": "customers"}
    for place, term in product(addresses, ("mk", "91000")):
        url = f"{place}?q={term}"
        shown = signed_in(world.user).get(url)
        findings.tally.count(url)
        keys = {match.pk for match in shown.context[addresses[place]]}
        assert keys
        if not keys <= visible_keys(world, "crm.customer"):
            findings.leak(f"{username}: GET {url}", "offers a customer out of scope")
        for word in names(world, shown, place):
            findings.leak(f"{username}: GET {url}", f"names {word}")
    findings.check()


def test_marking_all_as_read_marks_those_in_scope_only(world_of, findings):
    world = world_of("alice")
    model = "notifications.message"
    assert signed_in(world.user).post("/admin/notifications/message/read/").status_code == 302
    findings.tally.count("admin/notifications/message/read/")
    wanted = visible_keys(world, model)
    for message in [*world.rows[model].values(), *world.messages_of_others]:
        message.refresh_from_db()
        if (message.read_at is not None) != (message.pk in wanted):
            findings.leak("alice: POST admin/notifications/message/read/", f"message {message.pk}: {message.read_at}")
    findings.check()
