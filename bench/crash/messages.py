"""Messages to deliver, and what became of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import timedelta
from email.message import EmailMessage

from django.db import transaction
from django.utils import timezone

from crm.models import Customer, Holding
from crm.tests.factories import HoldingFactory
from finpulse.kernel.models import QueuedTask
from finpulse.kernel.queue import enqueue_many
from notifications.models import DeliveryAttempt, Message
from notifications.services.scan import CHUNK, DELIVER

KEY = "bench:"
DEPOSITS = 50
LEAD_DAYS = 20
TASKS = 600


def new_deposit(days: int) -> Holding:
    """Write a deposit of alice's first customer that matures so many days from now."""
    customer = Customer.objects.filter(manager__username="alice").earliest("pk")
    return HoldingFactory(
        customer=customer, kind=Holding.Kind.TERM_DEPOSIT, matures_on=timezone.localdate() + timedelta(days=days)
    )


def forget() -> None:
    """Take the last cell's messages and all queued work away."""
    QueuedTask.objects.all().delete()
    Message.objects.filter(key__startswith=KEY).delete()


def write(deposits: list[Holding], count: int) -> set[int]:
    """Write e-mails about these deposits and queue them, a thousand in a transaction as a scan does; give their ids."""
    ids: set[int] = set()
    for first in range(0, count, CHUNK):
        with transaction.atomic():
            numbers = range(first, min(first + CHUNK, count))
            rows = Message.objects.bulk_create(_message(deposits[n % len(deposits)], n) for n in numbers)
            enqueue_many(DELIVER, [(f"{DELIVER}:{row.pk}", {"message_id": row.pk}) for row in rows])
        ids |= {row.pk for row in rows}
    return ids


def write_given_up() -> list[int]:
    """Write given-up tasks that do nothing when they are tried again; give their ids."""
    facts = {"queue": "mail", "state": QueuedTask.State.DEAD, "finished_at": timezone.now()}
    rows = [QueuedTask(name=DELIVER, arguments={"message_id": 0}, **facts) for _ in range(TASKS)]
    return [row.pk for row in QueuedTask.objects.bulk_create(rows)]


def are_settled(messages: Iterable[int]) -> bool:
    """Tell whether these are all sent and nothing is queued any more."""
    return not (QueuedTask.objects.exclude(state__in=["DONE", "DEAD"]).exists() or unsettled(messages))


def unsettled(messages: Iterable[int]) -> int:
    """Give how many of these are not recorded as sent."""
    return Message.objects.filter(pk__in=messages).exclude(state=Message.State.SENT).count()


def is_told(deposit: Holding) -> bool:
    """Tell whether a deposit's alert is sent on every channel."""
    told = Message.objects.filter(subject_type="crm.holding", subject_id=deposit.pk, state=Message.State.SENT)
    return told.count() == len(Message.Channel.choices)


def taken(mails: Iterable[EmailMessage]) -> Counter[int]:
    """Give how often the mail server took each message."""
    return Counter(int(mail["Message-ID"].strip("<>").split(".")[0]) for mail in mails)


def marked(messages: Iterable[int]) -> set[int]:
    """Give those of these messages that bear the mark that they may have gone out before."""
    marks = DeliveryAttempt.objects.filter(message__in=messages, outcome=DeliveryAttempt.Outcome.UNKNOWN)
    return set(marks.values_list("message_id", flat=True))


def _message(deposit: Holding, number: int) -> Message:
    return Message(
        key=f"{KEY}{deposit.pk}:{number}",
        kind="maturity",
        channel=Message.Channel.EMAIL,
        recipient_role="manager",
        subject_type="crm.holding",
        subject_id=deposit.pk,
        scope_type="crm.customer",
        scope_id=deposit.customer_id,
        context={"matures_on": deposit.matures_on.isoformat(), "lead_days": LEAD_DAYS},
        due_at=timezone.now(),
        deadline_on=deposit.matures_on,
    )
