"""Verbs on many rows of a list: what they say they will do is what they do, to one's own rows and no other."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from crm.models import Task
from crm.tests.factories import CustomerFactory, TaskFactory
from finpulse.audit.models import AuditEvent
from finpulse.identity.services import cover_give
from finpulse.kernel.bulk import MOST

LIST, DONE, MOVE = "/admin/crm/task/", "/admin/crm/task/bulk/done/", "/admin/crm/task/bulk/move/"
EACH = "/admin/crm/customer/bulk/task/"


@pytest.fixture
def alice(client, people):
    client.force_login(people.alice, backend="finpulse.identity.backends.RoleAndScopeBackend")
    return client


def make_tasks(manager, count, **facts):
    customer = CustomerFactory(manager=manager)
    return [TaskFactory(customer=customer, assignee=manager, created_by=manager, **facts) for _ in range(count)]


def marked(rows, **data):
    return {"_selected_action": [row.pk for row in rows], **data}


def confirmed(rows, **data):
    return marked(rows, confirmed="yes", **data)


def said(response):
    return [str(message) for message in response.wsgi_request._messages._queued_messages]


def in_days(days):
    return timezone.localdate() + timedelta(days=days)


def test_what_will_be_done_is_said_first_and_nothing_is_done_yet(alice, people):
    tasks = make_tasks(people.alice, 2)
    done = make_tasks(people.alice, 1, state="DONE", done_at=timezone.now())
    page = alice.post(DONE, marked([*tasks, *done]))
    assert page.context["title"] == "Mark 2 tasks done"
    assert sorted(page.context["keys"]) == sorted(task.pk for task in tasks)
    assert [(reason, count) for reason, count, _ in page.context["refused"]] == [("Done already.", 1)]
    assert tasks[0].title in page.content.decode()
    assert Task.objects.filter(state="OPEN").count() == 2


def test_confirmed_it_is_done_once_and_each_is_written_down(alice, people):
    tasks = make_tasks(people.alice, 3)
    assert said(alice.post(f"{DONE}?state__exact=OPEN", confirmed(tasks))) == ["3 marked done."]
    assert said(alice.post(DONE, confirmed(tasks))) == ["Nothing changed: 3 were done already."]
    events = AuditEvent.objects.filter(verb="crm.task.completed", actor=people.alice)
    assert sorted(event.detail["task"] for event in events) == sorted(task.pk for task in tasks)
    assert Task.objects.filter(done_by=people.alice).count() == 3


def test_the_way_back_keeps_search_and_filters(alice, people):
    answer = alice.post(f"{DONE}?state__exact=OPEN", confirmed(make_tasks(people.alice, 1)))
    assert answer.headers["Location"] == f"{LIST}?state__exact=OPEN"
    assert alice.get(f"{DONE}?state__exact=OPEN").headers["Location"] == f"{LIST}?state__exact=OPEN"


def test_a_forged_id_is_passed_over_and_betrayed_by_no_word_and_no_count(alice, people):
    own, foreign = make_tasks(people.alice, 1), make_tasks(people.charlie, 2, title="Foreignmarker")
    page = alice.post(DONE, marked([*own, *foreign]))
    assert page.context["title"] == "Mark 1 task done"
    assert "Foreignmarker" not in page.content.decode()
    assert said(alice.post(DONE, confirmed([*own, *foreign]))) == ["1 marked done."]
    never = said(alice.post(DONE, {"_selected_action": [987654321], "confirmed": "yes"}))
    assert said(alice.post(DONE, confirmed(foreign))) == never
    assert set(Task.objects.filter(customer__manager=people.charlie).values_list("state", flat=True)) == {"OPEN"}


@pytest.mark.parametrize("ids", [[], ["x"], ["-1"], ["9" * 30], ["1 OR 1=1"], ["٣"]])
def test_ids_that_are_none_are_answered_with_a_sentence(alice, ids):
    answer = alice.post(DONE, {"_selected_action": ids, "confirmed": "yes"})
    assert answer.status_code == 302
    assert said(answer)


def test_all_that_match_are_taken_by_the_lists_own_filter(alice, people):
    make_tasks(people.alice, 60)
    make_tasks(people.alice, 3, state="DONE", done_at=timezone.now())
    page = alice.post(f"{DONE}?state__exact=OPEN", {"across": "1"})
    assert page.context["title"] == "Mark 60 tasks done"
    assert page.context["unnamed"] == 48
    assert alice.post(f"{DONE}?customer__family_name=x", {"across": "1"}).status_code == 400


def test_more_than_one_go_takes_are_refused_with_what_to_do(alice, people):
    tasks = make_tasks(people.alice, 1)
    Task.objects.bulk_create(
        Task(customer=tasks[0].customer, title="t", due_on=in_days(1), assignee=people.alice, created_by=people.alice)
        for _ in range(MOST)
    )
    (sentence,) = said(alice.post(DONE, {"across": "1"}))
    assert sentence == "501 match. Narrow the list to at most 500 to change them in one go."
    forged = {"_selected_action": list(range(1, MOST + 2)), "confirmed": "yes"}
    assert "At most 500" in said(alice.post(DONE, forged))[0]
    assert not Task.objects.filter(state="DONE").exists()
    assert "narrow the list to 500 or fewer" in alice.get(LIST).content.decode()


def test_what_may_only_be_looked_at_is_named_with_the_reason_and_stays(alice, people):
    now = timezone.now()
    cover_give(
        covered=people.bob, coverer=people.alice, starts_at=now - timedelta(days=1), ends_at=now + timedelta(days=1),
        read_only=True, actor=people.bob, reason="a test",
    )  # fmt: skip
    looked, own = make_tasks(people.bob, 2), make_tasks(people.alice, 1)
    page = alice.post(DONE, marked([*looked, *own]))
    assert page.context["title"] == "Mark 1 task done"
    ((reason, count, _),) = page.context["refused"]
    assert (count, "not change" in reason) == (2, True)
    assert said(alice.post(DONE, confirmed([*looked, *own]))) == ["1 marked done, 2 could not be changed."]
    assert set(Task.objects.filter(customer__manager=people.bob).values_list("state", flat=True)) == {"OPEN"}


def test_due_dates_move_and_a_past_day_is_an_error_of_its_field(alice, people):
    tasks = make_tasks(people.alice, 2, due_on=in_days(1))
    for day, error in ((in_days(-1), "The day is past"), ("", "required")):
        page = alice.post(MOVE, confirmed(tasks, due_on=day))
        assert error in str(page.context["form"].errors["due_on"])
    assert said(alice.post(MOVE, confirmed(tasks, due_on=in_days(5)))) == ["2 moved."]
    assert said(alice.post(MOVE, confirmed(tasks, due_on=in_days(5)))) == ["Nothing changed: 2 were due then already."]
    assert set(Task.objects.values_list("due_on", flat=True)) == {in_days(5)}
    moved = AuditEvent.objects.filter(verb="crm.task.moved")
    assert [event.detail["to"] for event in moved] == [in_days(5).isoformat()] * 2


def test_the_same_task_is_added_to_each_customer_once(alice, people):
    customers = [CustomerFactory(manager=people.alice) for _ in range(3)]
    facts = {"title": "Ask about the loan", "due_on": in_days(2)}
    assert alice.post(EACH, marked(customers)).context["title"] == "Add a task to 3 customers"
    assert said(alice.post(EACH, confirmed(customers, **facts))) == ["3 tasks added."]
    assert said(alice.post(EACH, confirmed(customers, **facts))) == ["Nothing changed: 3 were planned already."]
    assert Task.objects.filter(title="Ask about the loan", assignee=people.alice).count() == 3
    assert AuditEvent.objects.filter(verb="crm.task.added").count() == 3
    page = alice.post(EACH, confirmed(customers, title="card 4111111111111111", due_on=in_days(2)))
    assert "full card number" in str(page.context["form"].errors["title"])


def test_asking_and_doing_cost_the_same_for_few_and_for_many(alice, people):
    costs = {}
    for count in (2, 40):
        tasks = [task for _ in range(count // 2) for task in make_tasks(people.alice, 2)]
        costs[count] = cost(alice, DONE, marked(tasks)), cost(alice, DONE, confirmed(tasks))
    assert costs[2] == costs[40]


def cost(client, url, data):
    with CaptureQueriesContext(connection) as caught:
        client.post(url, data)
    return len(caught)


def test_a_list_offers_its_verbs_to_who_may_use_them_and_no_boxes_to_others(alice, people, client):
    make_tasks(people.alice, 1)
    page = alice.get(LIST).content.decode()
    assert f'formaction="{DONE}"' in page
    assert "action-select" in page
    assert "action-select" not in alice.get("/admin/crm/holding/").content.decode()
    client.force_login(people.erin, backend="finpulse.identity.backends.RoleAndScopeBackend")
    assert "action-select" not in client.get(LIST).content.decode()
    assert client.post(DONE, {"across": "1"}).status_code == 404
