"""What was given up stands in sight of who runs FinPulse, who may have it tried again."""

import pytest

from finpulse.audit.models import AuditEvent
from finpulse.kernel.models import QueuedTask
from finpulse.kernel.queue.retry import QueuedTaskRetryRefused, queued_task_retry
from finpulse.kernel.queue.worker import run_queued
from finpulse.kernel.tests.queue.conftest import MOST_ATTEMPTS, ago

State = QueuedTask.State
LIST = "/admin/kernel/queuedtask/"
pytestmark = pytest.mark.django_db

RUN_IT = ("erin", "heidi")
RUN_NOTHING = ("alice", "dana", "frank", "grace", "script")


@pytest.fixture
def dead(queued):
    facts = {"attempts": MOST_ATTEMPTS, "finished_at": ago(hours=1), "last_error": "ZeroDivisionError: a fault"}
    return queued(5, state=State.DEAD, **facts)


@pytest.fixture
def visit(client, people):
    def as_user(name):
        client.force_login(getattr(people, name), backend="finpulse.identity.backends.RoleAndScopeBackend")
        return client

    return as_user


@pytest.mark.parametrize("name", RUN_IT)
def test_what_was_given_up_is_counted_in_the_navigation_and_listed_with_its_error(visit, dead, name):
    page = visit(name).get(LIST)
    lines = {line["label"]: line["count"] for section in page.context["navigation"] for line in section["lines"]}
    assert lines["Queue"] == 1
    assert "ZeroDivisionError: a fault" in page.content.decode()


@pytest.mark.parametrize("name", RUN_IT)
def test_try_again_lets_it_wait_run_and_be_done_and_is_written_down(visit, dead, told, people, name):
    assert "Try again" in visit(name).get(f"{LIST}{dead.pk}/change/").content.decode()
    assert visit(name).post(f"{LIST}{dead.pk}/retry/").status_code == 302
    dead.refresh_from_db()
    assert (dead.state, dead.attempts, dead.finished_at, told.taken_up) == (State.WAITING, 0, None, [5])
    event = AuditEvent.objects.get(verb="kernel.queuedtask.retried")
    assert (event.actor, event.subject_id) == (getattr(people, name), dead.pk)
    assert event.detail == {"name": "tests.note", "attempts": MOST_ATTEMPTS}
    assert run_queued(dead.pk)
    assert told.runs == [5]
    assert "Try again" not in visit(name).get(f"{LIST}{dead.pk}/change/").content.decode()


@pytest.mark.parametrize("name", RUN_NOTHING)
def test_who_does_not_run_finpulse_sees_no_queue_and_tries_nothing_again(visit, dead, told, people, name):
    assert visit(name).get(f"{LIST}{dead.pk}/change/").status_code == 403
    assert visit(name).post(f"{LIST}{dead.pk}/retry/").status_code == 404
    with pytest.raises(QueuedTaskRetryRefused, match="role"):
        queued_task_retry(task_id=dead.pk, actor=getattr(people, name))
    dead.refresh_from_db()
    assert (dead.state, told.taken_up) == (State.DEAD, [])
    assert not AuditEvent.objects.filter(verb="kernel.queuedtask.retried").exists()


def test_a_task_that_was_not_given_up_is_left_to_the_queue(visit, queued, told):
    row = queued()
    page = visit("erin").post(f"{LIST}{row.pk}/retry/", follow=True)
    assert "was not given up; it is waiting" in page.content.decode()
    assert not AuditEvent.objects.filter(verb="kernel.queuedtask.retried").exists()
    assert visit("erin").get(f"{LIST}{row.pk}/retry/").status_code == 405


def test_a_task_whose_handler_is_gone_may_be_tried_once_its_worker_is_back(dead, people):
    QueuedTask.objects.filter(pk=dead.pk).update(name="tests.of_yesterday")
    assert queued_task_retry(task_id=dead.pk, actor=people.erin)
    dead.refresh_from_db()
    assert (dead.state, dead.last_error) == (State.WAITING, "ZeroDivisionError: a fault")
