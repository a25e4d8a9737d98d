"""The notification centre: the most urgent first, and how it looks."""

from datetime import timedelta

import pytest
from django.utils import timezone

from notifications.selectors import unread_first, worded
from notifications.tests.factories import MessageFactory


def message(user, customer, *, in_days=None, read=False):
    deadline = None if in_days is None else timezone.localdate() + timedelta(days=in_days)
    read_at = timezone.now() if read else None
    return MessageFactory(customer=customer, recipient=user, deadline_on=deadline, read_at=read_at)


def test_the_nearest_deadline_stands_first_and_what_is_read_last(client, bank, people):
    far, none, past, near = (message(people.alice, bank.own, in_days=days) for days in (20, None, -1, 3))
    read = message(people.alice, bank.own, in_days=-5, read=True)
    client.force_login(people.alice, backend="finpulse.identity.backends.RoleAndScopeBackend")
    listed = client.get("/admin/notifications/message/").context["cl"].result_list
    assert [row.pk for row in listed] == [row.pk for row in (past, near, far, none, read)]
    assert [shown.message.pk for shown in unread_first(people.alice, most=2)] == [past.pk, near.pk]


@pytest.mark.parametrize(("in_days", "tone"), [(-1, "bad"), (0, "warn"), (7, "warn"), (8, "info"), (None, "info")])
def test_a_row_is_marked_by_its_deadline_until_it_is_read(bank, people, in_days, tone):
    row = message(people.alice, bank.own, in_days=in_days)
    assert worded([row])[0].tone == tone
    row.read_at = timezone.now()
    assert worded([row])[0].tone == ""
