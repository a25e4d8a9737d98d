"""Who runs the outbox may have a failed message sent again."""

import pytest

from finpulse.audit.models import AuditEvent
from finpulse.kernel.models import QueuedTask
from finpulse.kernel.queue.worker import run_queued
from notifications.models import DeliveryAttempt, Message
from notifications.policies import MOST_UNKNOWN
from notifications.services import MessageResendRefused, message_resend

State = Message.State
LIST = "/admin/notifications/outboxentry/"
pytestmark = pytest.mark.django_db


@pytest.fixture
def failed(waiting):
    return waiting(state=State.FAILED, reason="550 no such mailbox")


@pytest.fixture
def visit(client, people):
    def as_user(name):
        client.force_login(getattr(people, name), backend="finpulse.identity.backends.RoleAndScopeBackend")
        return client

    return as_user


@pytest.mark.parametrize("name", ["erin", "heidi"])
def test_a_failed_message_is_sent_again_and_that_is_written_down(visit, mail, failed, people, name):
    assert "Send again" in visit(name).get(f"{LIST}{failed.pk}/change/").content.decode()
    assert visit(name).post(f"{LIST}{failed.pk}/resend/").status_code == 302
    assert run_queued(QueuedTask.objects.get(name="notifications.deliver").pk)
    failed.refresh_from_db()
    assert (failed.state, failed.reason, len(mail.taken)) == (State.SENT, "", 1)
    event = AuditEvent.objects.get(verb="notifications.message.resent")
    assert (event.actor, event.subject_id) == (getattr(people, name), failed.pk)
    assert "Send again" not in visit(name).get(f"{LIST}{failed.pk}/change/").content.decode()


@pytest.mark.parametrize("name", ["alice", "dana", "frank", "grace"])
def test_who_does_not_run_the_outbox_sends_nothing_again(visit, failed, people, name):
    assert visit(name).post(f"{LIST}{failed.pk}/resend/").status_code == 404
    with pytest.raises(MessageResendRefused, match="role"):
        message_resend(message_id=failed.pk, actor=getattr(people, name))
    failed.refresh_from_db()
    assert failed.state == State.FAILED
    assert not QueuedTask.objects.exists()


def test_what_did_not_fail_is_not_sent_again(visit, waiting):
    message = waiting()
    page = visit("erin").post(f"{LIST}{message.pk}/resend/", follow=True)
    assert "this one is waiting" in page.content.decode()
    assert visit("erin").get(f"{LIST}{message.pk}/resend/").status_code == 405
    assert not QueuedTask.objects.exists()


def test_what_may_have_arrived_several_times_is_not_sent_once_more(failed, people):
    unknown = {"outcome": DeliveryAttempt.Outcome.UNKNOWN, "ended_at": failed.created_at}
    for _ in range(MOST_UNKNOWN):
        DeliveryAttempt.objects.create(message=failed, **unknown)
    with pytest.raises(MessageResendRefused, match="ask its reader"):
        message_resend(message_id=failed.pk, actor=people.erin)
