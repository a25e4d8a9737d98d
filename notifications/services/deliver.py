"""Bringing one message to its recipient. What happens at the mail server is written down before and after."""

from __future__ import annotations

from time import monotonic

from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.utils import timezone

from finpulse.identity.models import User
from finpulse.kernel.queue import TryAgain
from finpulse.kernel.registries import alert_kinds
from notifications.models import DeliveryAttempt, Message
from notifications.policies import MOST_UNKNOWN
from notifications.services.mail import MailNotTaken, MailRefused, MailUnanswered, mail_compose, mail_send

State = Message.State
Outcome = DeliveryAttempt.Outcome

# A worker that was stopped longer than this does not hand its mail over any more: its successor may have begun.
HANDOVER_SECONDS = 12.0


def message_deliver(*, message_id: int) -> None:
    """Deliver a message that waits; any other is left as it is.

    The recipient is resolved now. An e-mail's attempt is committed before the server is spoken to: whoever dies in
    between leaves a trace, and the mail that is then sent again bears the same Message-ID.

    :raises TryAgain: when the server did not take it yet.
    """
    deadline = monotonic() + HANDOVER_SECONDS
    started = _start(message_id)
    if started is None:
        return
    attempt, mail = started
    try:
        mail_send(mail=mail, deadline=deadline)
    except MailRefused as error:
        _end(attempt, Outcome.REFUSED, str(error), State.FAILED)
    except MailNotTaken as error:
        _end(attempt, Outcome.UNREACHABLE, str(error))
        raise TryAgain(str(error)) from error
    except MailUnanswered as error:
        _end(attempt, Outcome.UNKNOWN, str(error))
        raise TryAgain(str(error)) from error
    else:
        _end(attempt, Outcome.ACCEPTED, "", State.SENT)


@transaction.atomic
def _start(message_id: int) -> tuple[DeliveryAttempt, EmailMultiAlternatives] | None:
    message = Message.objects.select_for_update(no_key=True).filter(pk=message_id, state=State.WAITING).first()
    if message is None:
        return None
    recipient = _recipient(message)
    if recipient is None:
        return None
    if message.channel == Message.Channel.IN_APP:
        now = timezone.now()
        DeliveryAttempt.objects.create(message=message, started_at=now, ended_at=now, outcome=Outcome.ACCEPTED)
        _set(message, state=State.SENT, sent_at=now, recipient=recipient)
        return None
    if _unanswered(message) >= MOST_UNKNOWN:
        _set(message, state=State.FAILED, recipient=recipient, reason="Sent without an answer again and again.")
        return None
    _set(message, recipient=recipient)
    return DeliveryAttempt.objects.create(message=message), mail_compose(message=message, recipient=recipient)


def _recipient(message: Message) -> User | None:
    """Give who gets it, or settle the message that nobody is to get."""
    kind = alert_kinds.get(message.kind)
    if not kind.is_due(message):
        _set(message, state=State.OBSOLETE, reason="What it was to tell is no longer so.")
        return None
    recipient: User | None = kind.recipient(message)
    if recipient is None:
        _set(message, state=State.NOBODY, reason="Nobody is in charge, and no supervisor above may see it.")
        return None
    if message.channel == Message.Channel.EMAIL and not recipient.email:
        _set(message, state=State.FAILED, recipient=recipient, reason="The recipient has no e-mail address.")
        return None
    return recipient


def _unanswered(message: Message) -> int:
    """Give how many attempts ended without an answer, the one that a dead worker left open included."""
    outcomes = list(message.attempts.values_list("outcome", flat=True))
    if Outcome.STARTED in outcomes:
        _close_unanswered(message)
    return sum(outcome in (Outcome.STARTED, Outcome.UNKNOWN) for outcome in outcomes)


def _close_unanswered(message: Message) -> None:
    reason = "The worker ended before the server answered; the mail may have gone out."
    left = DeliveryAttempt.objects.filter(message=message, outcome=Outcome.STARTED)
    left.update(outcome=Outcome.UNKNOWN, ended_at=timezone.now(), reason=reason)


@transaction.atomic
def _end(attempt: DeliveryAttempt, outcome: str, reason: str, state: str = "") -> None:
    now = timezone.now()
    open_still = DeliveryAttempt.objects.filter(pk=attempt.pk, outcome=Outcome.STARTED)
    if not open_still.update(outcome=outcome, ended_at=now, reason=reason[:500]) and outcome == Outcome.ACCEPTED:
        # A successor has closed it as unknown; that mark stays, for the mail may have gone out twice.
        DeliveryAttempt.objects.filter(pk=attempt.pk).update(reason="Its worker came back late: the server took it.")
    waiting = Message.objects.filter(pk=attempt.message_id, state=State.WAITING)
    if state == State.SENT:
        waiting.update(state=state, sent_at=now)
    elif state:
        waiting.update(state=state, reason=reason[:300])


def _set(message: Message, **values: object) -> None:
    Message.objects.filter(pk=message.pk).update(**values)


@transaction.atomic
def message_give_up(*, message_id: int) -> None:
    """Settle a message whose last attempt failed; its attempts say why."""
    message = Message.objects.select_for_update(no_key=True).filter(pk=message_id, state=State.WAITING).first()
    if message is not None:
        _close_unanswered(message)
        _set(message, state=State.FAILED, reason="Given up after its last attempt.")
