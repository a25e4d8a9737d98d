"""The break-glass alarm reaches compliance and every system administrator, once."""

from datetime import timedelta

import pytest
from django.utils import timezone

from finpulse.identity.models import SignInSession, User
from finpulse.identity.services import sign_in_start
from finpulse.kernel.registries import alert_kinds
from notifications.models import Message
from notifications.selectors import worded
from notifications.services import alerts_scan, message_deliver
from tests.access.asking import signed_in

REASON = "The identity provider has been away for an hour."


@pytest.fixture
def opened(people):
    glass = User.objects.create_user("glass")
    method = SignInSession.Method.BREAK_GLASS
    facts = {"session_key": "k", "method": method, "reason": REASON, "address": "192.0.2.7"}
    return sign_in_start(actor=glass, now=timezone.now(), **facts)


def told():
    rows = Message.objects.filter(kind="break_glass").order_by("pk")
    return {(User.objects.get(pk=row.context["person"]).username, row.channel) for row in rows}


def test_both_roles_hear_once_however_often_is_scanned(opened, people):
    User.objects.create_user("another")
    now = timezone.now()
    assert alerts_scan(now=now).queued == 4
    assert alerts_scan(now=now + timedelta(hours=1)).queued == 0
    assert told() == {("grace", "IN_APP"), ("grace", "EMAIL"), ("heidi", "IN_APP"), ("heidi", "EMAIL")}


@pytest.mark.parametrize("reader", ["grace", "heidi"])
def test_both_read_it_in_the_console_with_reason_and_address_and_no_name_in_its_title(reader, opened, people):
    alerts_scan(now=timezone.now())
    user = getattr(people, reader)
    message_deliver(message_id=Message.objects.get(channel="IN_APP", context={"person": user.pk}).pk)
    assert "break-glass account was opened" in signed_in(user).get("/admin/notifications/message/").content.decode()
    shown = worded(Message.objects.visible_to(user).unread())[0]
    assert "break-glass account was opened" in shown.notice.title
    assert REASON not in shown.notice.title
    assert {"From": "192.0.2.7", "Reason given": REASON}.items() <= dict(shown.notice.facts).items()


def test_one_opened_while_nothing_scanned_is_told_late_and_a_leaver_hears_nothing(opened, people):
    alerts_scan(now=timezone.now() + timedelta(days=3))
    message = Message.objects.filter(channel="EMAIL", recipient_role="compliance").get()
    assert message.late
    User.objects.filter(pk=people.grace.pk).update(is_active=False)
    assert alert_kinds.get("break_glass").recipient(message) is None
