"""Whoever is to replace a token hears of it in time and once; so does who fetches one, and who proposes the next."""

from datetime import timedelta

import pytest
from django.utils import timezone

from finpulse.identity.models import ApiToken, User
from finpulse.identity.services import user_set_roles
from finpulse.identity.services.api_tokens import api_token_revoke
from finpulse.identity.services.service_tokens import api_token_fetch, api_token_offer
from finpulse.identity.tests.tokens import again, make_token
from finpulse.kernel.registries import alert_kinds
from notifications.models import Message
from notifications.selectors import worded
from notifications.services import alerts_scan, message_deliver

DAY, MOMENT = timedelta(days=1), timedelta(seconds=1)


def told(kind="token_ends"):
    """Give to whom messages were queued, and how, in the order of their keys."""
    rows = Message.objects.filter(kind=kind).order_by("pk")
    return [(User.objects.get(pk=row.context["person"]).username, row.channel) for row in rows]


def scanned(at):
    """Give what a scan at a moment queues anew."""
    before = Message.objects.count()
    alerts_scan(now=at)
    return Message.objects.count() - before


@pytest.fixture
def offered(people):
    facts = {"name": "feed", "scopes": ["me:read"], "days": 180}
    return api_token_offer(user=people.script, **facts, keeper=people.dana, actor=people.heidi)


def test_its_owner_hears_two_weeks_and_a_day_before_once_each(people):
    token, _ = make_token(people.alice, days=30)
    moments = (token.expires_at - 14 * DAY - MOMENT, token.expires_at - 14 * DAY, token.expires_at - 2 * DAY)
    assert [scanned(at) for at in moments] == [0, 2, 0]
    assert [scanned(at) for at in (token.expires_at - DAY, token.expires_at - MOMENT, token.expires_at)] == [2, 0, 0]
    assert told() == [("alice", "IN_APP"), ("alice", "EMAIL")] * 2


def test_a_scan_that_was_away_tells_the_nearest_alone_and_marks_it_late(people):
    token, _ = make_token(people.alice, days=30)
    assert scanned(token.expires_at - DAY / 2) == 2
    assert [(row.late, row.context["person"]) for row in Message.objects.all()] == [(True, people.alice.pk)] * 2


def test_a_token_for_a_week_is_not_told_at_its_beginning(people):
    token, _ = make_token(people.alice, days=7)
    assert [scanned(at) for at in (token.created_at, token.expires_at - DAY)] == [0, 2]


def test_what_is_told_names_the_token_and_stops_once_it_is_revoked(people):
    token, text = make_token(people.alice, "customers:read", days=30)
    scanned(token.expires_at - 14 * DAY)
    in_app, mail = Message.objects.order_by("pk")
    message_deliver(message_id=in_app.pk)
    shown = worded(Message.objects.visible_to(people.alice).unread())[0]
    notice, facts = shown.notice, dict(shown.notice.facts)
    assert shown.path == "/admin/identity/api-tokens/"
    assert "reports" not in notice.title
    assert (facts["Token"], facts["May"]) == (f"reports, fp_{token.prefix}…", "read customers")
    assert text not in str(notice)
    api_token_revoke(token_id=token.pk, actor=people.alice)
    message_deliver(message_id=mail.pk)
    mail.refresh_from_db()
    assert mail.state == "OBSOLETE"


def test_of_an_integrations_who_answers_for_it_hears_and_where_nobody_does_who_gives_access(people, offered):
    token, _ = api_token_fetch(token_id=offered.pk, actor=people.dana)
    scanned(token.expires_at - 14 * DAY)
    ApiToken.objects.update(keeper=None)
    scanned(token.expires_at - DAY)
    user_set_roles(user=people.erin, names=("product_administrator",), actor=None, reason="a test")
    make_token(again(people.erin), "me:read", days=30)
    scanned(timezone.now() + 20 * DAY)
    assert told() == [
        *(("dana", "IN_APP"), ("dana", "EMAIL"), ("heidi", "IN_APP"), ("heidi", "EMAIL")),
        ("erin", "EMAIL"),
    ]


def test_who_answers_for_one_hears_that_it_waits_until_it_is_fetched(people, offered):
    assert [scanned(offered.created_at) for _ in range(2)] == [2, 0]
    assert told("token_offered") == [("dana", "IN_APP"), ("dana", "EMAIL")]
    kind, message = alert_kinds.get("token_offered"), Message.objects.filter(channel="EMAIL").get()
    assert (kind.is_due(message), kind.recipient(message)) == (True, people.dana)
    assert "feed" in kind.notices([message])[message.pk].about
    api_token_fetch(token_id=offered.pk, actor=people.dana)
    assert not kind.is_due(message)


def test_who_gives_access_hears_that_one_ended_with_who_answered_for_it(people, offered):
    api_token_fetch(token_id=offered.pk, actor=people.dana)
    user_set_roles(user=people.dana, names=(), actor=None, reason="left")
    now = timezone.now()
    assert [scanned(now), scanned(now)] == [2, 0]
    assert told("token_ended") == [("heidi", "IN_APP"), ("heidi", "EMAIL")]
    message = Message.objects.filter(channel="EMAIL").get()
    assert "feed of" in alert_kinds.get("token_ended").notices([message])[message.pk].about
