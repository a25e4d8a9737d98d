"""The page of past loads: who may read it, and whose numbers stand in it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from crm.feed.refusals import FeedLoadRefused
from crm.models import Customer, FeedLoad
from crm.services import customer_edit
from crm.tests.factories import FeedLoadFactory
from crm.tests.feed.feeds import CUSTOMER, GOOD, HOLDING, Feed
from finpulse.audit.models import AuditEvent

LIST = "/admin/crm/feedload/"
NUMBERS = (">C1 phone<", ">C4<", ">H3<", ">C3 DIRECTOR_OF C1<")
BAD = CUSTOMER | {"customer_no": "C9", "given_name": "Secretgiven", "city": "S" * 121, "country": "CZ"}


@pytest.fixture
def eventful(feed: Feed, people: Any) -> FeedLoad:
    """A whole feed after which everything is to be told: C3 and H3 vanished, C1 was edited, C4 is another's."""
    officer = {"officer_code": "O1"}
    more = [CUSTOMER | officer | {"customer_no": number} for number in ("C3", "C4")]
    feed.write("customers.csv", [*GOOD["customers.csv"], *more])
    feed.write("holdings.csv", [*GOOD["holdings.csv"], HOLDING | {"holding_no": "H3", "customer_no": "C3"}])
    feed.write("relationships.csv", [{"customer_no": "C3", "related_customer_no": "C1", "kind": "DIRECTOR_OF"}])
    feed.manifest(sequence=1)
    feed.load()
    edited = Customer.objects.get(customer_no="C1").pk
    customer_edit(customer_id=edited, changes={"phone": "+420777000111"}, actor=people.alice)
    Customer.objects.filter(customer_no="C4").update(manager=people.bob)
    feed.write(
        "customers.csv", [*GOOD["customers.csv"], more[1], more[1] | {"customer_no": "C5", "officer_code": "?"}, BAD]
    )
    feed.write("holdings.csv", GOOD["holdings.csv"])
    feed.write("relationships.csv", [{"customer_no": "C2", "related_customer_no": "C1", "kind": "DIRECTOR_OF"}])
    feed.manifest(sequence=2)
    feed.load()
    return FeedLoad.objects.get(sequence=2)


def page_of(load: FeedLoad) -> str:
    """Give the address of a load's page."""
    return f"{LIST}{load.pk}/change/"


def words(user: Any, url: str) -> str:
    """Give what the page says, blanks joined."""
    client = Client()
    client.force_login(user, backend="finpulse.identity.backends.RoleAndScopeBackend")
    answer = client.get(url)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def api(user: Any, url: str) -> Any:
    """Give what the API answers."""
    client = Client()
    client.force_login(user, backend="finpulse.identity.backends.RoleAndScopeBackend")
    answer = client.get(url)
    assert answer.status_code == 200
    return answer.json()


def test_an_administrator_reads_counts_and_the_numbers_in_his_scope(eventful: FeedLoad, people: Any) -> None:
    page = words(people.erin, page_of(eventful))
    for text in (
        *NUMBERS,
        'officer <span class="mono">?</span>',
        "Nobody here goes by this code",
        ">customers.csv</th>",
    ):
        assert text in page
    assert "not shown" not in page


def test_a_system_administrator_reads_the_counts_and_no_number(eventful: FeedLoad, people: Any) -> None:
    page = words(people.heidi, page_of(eventful))
    assert not [number for number in NUMBERS if number in page]
    assert page.count("1 not shown") == 5
    assert "rows of relationships.csv are no longer in the feed; none closed" in page


def test_of_a_restricted_customer_no_number_is_told(eventful: FeedLoad, people: Any) -> None:
    Customer.objects.filter(customer_no="C3").update(restricted=True)
    page = words(people.erin, page_of(eventful))
    assert [number for number in NUMBERS if number in page] == [">C1 phone<", ">C4<"]
    assert ">C3" not in page
    assert "C3 DIRECTOR_OF C1" in words(people.grace, page_of(eventful))


def test_naming_customers_is_written_down_and_counting_them_is_not(eventful: FeedLoad, people: Any) -> None:
    looks = AuditEvent.objects.filter(verb="crm.customer.listed")
    words(people.heidi, page_of(eventful))
    assert not looks.exists()
    words(people.erin, page_of(eventful))
    assert looks.get().detail == {"surface": "feed load", "count": 5, "filters": {"feed_load": str(eventful.pk)}}


def test_a_refused_row_stands_there_without_its_value(eventful: FeedLoad, people: Any) -> None:
    page = words(people.heidi, page_of(eventful))
    assert "“…” is longer than 120 characters." in page
    assert "SSSS" not in page
    assert "--errors FILE" in page
    assert "SSSS" not in str(eventful.report)


def test_a_value_of_a_row_about_no_customer_is_kept(feed: Feed, people: Any) -> None:
    feed.write("officers.csv", [*GOOD["officers.csv"], {"officer_code": "O9", "username": "nobody"}])
    feed.load()
    assert "No user “nobody” is known here" in words(people.heidi, page_of(FeedLoad.objects.get()))


def test_a_report_of_hostile_words_is_shown_as_words(people: Any) -> None:
    evil = "<script>alert(1)</script>"
    error = {"file": evil, "line": 1, "column": evil, "reason": evil}
    report = {"remarks": [evil], "errors": [error], "unknown_officers": {evil: 1}, "order": [evil]}
    report |= {"files": {evil: dict.fromkeys(("new", "changed", "unchanged", "refused", "removed", "seconds"), 1)}}
    page = words(people.heidi, page_of(FeedLoadFactory(report=report, finished_at=timezone.now())))
    assert evil not in page
    assert page.count("&lt;script&gt;alert(1)") == 6


def test_a_report_that_was_kept_without_seconds_and_order_is_shown(people: Any) -> None:
    files = {"customers.csv": {"new": 1, "changed": 2, "unchanged": 3, "refused": 4, "removed": 0}}
    page = words(people.heidi, page_of(FeedLoadFactory(report={"files": files}, finished_at=timezone.now())))
    assert '<th scope="row">customers.csv</th><td class="num">1</td><td class="num">2</td>' in page
    assert '<td class="num">–</td></tr>' in page


def test_the_list_says_what_came_of_each(eventful: FeedLoad, people: Any) -> None:
    page = words(people.frank, LIST)
    assert '<span class="badge badge--good">Done</span>' in page
    assert '<td class="field-rows_refused">1</td>' in page
    assert api(people.frank, "/api/v1/feed-loads/")["results"][0]["rows"]["refused"] == 1


@pytest.mark.parametrize(
    ("facts", "ago", "state", "said"),
    [
        ({}, 10, "RUNNING", "It has begun."),
        ({"progress": {"settling": True}}, 10, "RUNNING", "is being settled"),
        (
            {"progress": {"file": "a.csv", "bytes": 10, "of": 40, "before": 15, "whole": 100}},
            10,
            "RUNNING",
            "25 % of all",
        ),
        ({}, 61, "CUT_OFF", "its process has gone"),
        ({"stopped": "The bank is closed."}, 10, "STOPPED", "The bank is closed."),
    ],
)
def test_each_state_is_said_in_words(people: Any, facts: dict[str, Any], ago: int, state: str, said: str) -> None:
    heard = timezone.now() - timedelta(seconds=ago)
    load = FeedLoadFactory(started_at=heard - timedelta(seconds=75), alive_at=heard, **facts)
    assert load.state(timezone.now()) == state
    page = words(people.heidi, page_of(load))
    assert said in page
    assert ('hx-trigger="every 2s"' in page, ">Look again</a>" in page) == (state == "RUNNING",) * 2
    assert api(people.heidi, f"/api/v1/feed-loads/{load.pk}/")["state"] == state
    if state != "RUNNING":
        assert "<dt>Took</dt><dd>1:15</dd>" in page


def test_a_load_that_stops_half_way_says_why_until_it_is_run_again(feed: Feed, people: Any) -> None:
    def tamper(name: str, bytes_read: int) -> None:
        if name == "officers.csv" and FeedLoad.objects.exists():
            feed.append("customers.csv", b"C8,PERSON\n")

    feed.manifest(sequence=3)
    with pytest.raises(FeedLoadRefused):
        feed.load(on_progress=tamper)
    stopped = FeedLoad.objects.get()
    page = words(people.heidi, page_of(stopped))
    assert "customers.csv changed while it was read. Run the load again." in page
    assert ">customers.csv</th>" in page
    feed.manifest(sequence=3)
    feed.load()
    done = FeedLoad.objects.get()
    assert (done.pk, done.stopped, done.state(timezone.now())) == (stopped.pk, "", "DONE")


def test_a_closing_that_was_refused_is_a_remark_of_a_load_that_is_done(feed: Feed, people: Any) -> None:
    feed.manifest(sequence=3)
    feed.load()
    feed.write("customers.csv", [CUSTOMER])
    feed.manifest(sequence=4)
    with pytest.raises(FeedLoadRefused):
        feed.load(close_missing=True)
    load = FeedLoad.objects.get(sequence=4)
    assert load.state(timezone.now()) == "DONE"
    assert "none was closed. Look at the feed" in words(people.heidi, page_of(load))


def test_the_api_gives_the_report_by_the_same_rules(eventful: FeedLoad, people: Any) -> None:
    url = f"/api/v1/feed-loads/{eventful.pk}/"
    told, counted = api(people.erin, url)["report"], api(people.heidi, url)["report"]
    edited = Customer.objects.get(customer_no="C1")
    assert told["kept_edits"]["shown"] == [{"kind": "customer", "id": edited.pk, "text": "C1 phone"}]
    assert counted["kept_edits"] == {"name": "kept_edits", "count": 1, "closed": None, "shown": [], "more": 1}
    assert [vanished["more"] for vanished in counted["vanished"]] == [1, 1, 1]
    assert list(counted["files"])[:2] == ["units.csv", "officers.csv"]
    assert counted["files"]["customers.csv"]["seconds"] >= 0
    assert counted["refused"][0]["column"] == "city"


def test_a_page_that_names_a_hundred_asks_no_more_than_one_that_names_one(people: Any) -> None:
    def cost(numbers: list[str]) -> int:
        load = FeedLoadFactory(report={"other_managers": {"count": len(numbers), "examples": numbers}})
        with CaptureQueriesContext(connection) as caught:
            words(people.erin, page_of(load))
        return len(caught)

    numbers = [customer.customer_no for customer in Customer.objects.bulk_create(_customers())]
    assert cost(numbers[:1]) == cost(numbers)


def _customers() -> list[Customer]:
    return [Customer(customer_no=f"N{number:03}", kind="PERSON", search_text="", sort_name="") for number in range(100)]
