"""Who may do what with a message."""

from typing import Any

from finpulse.kernel.access import NO, YES, Verdict
from notifications.models import DeliveryAttempt, Message

# A server that takes mails and never says so would otherwise get the same one each few minutes for a day.
MOST_UNKNOWN = 3


def may_read_message(actor: Any, message: Message) -> Verdict:
    """One's own, in the console."""
    if message.recipient_id != actor.pk or not actor.has_perm("notifications.change_message", message):
        return NO("This message is not yours.")
    if message.channel != Message.Channel.IN_APP or message.state != Message.State.SENT:
        return NO("Only a message in the console is marked as read.")
    return YES


def may_resend_message(actor: Any, message: Message) -> Verdict:
    """Who runs the outbox, a message that failed; not one that may have arrived several times already."""
    if not actor.has_perm("notifications.change_outboxentry"):
        return NO("Your role does not run the outbox.")
    if message.state != Message.State.FAILED:
        return NO(f"Only a message that failed is sent again; this one is {message.get_state_display()}.")
    if message.attempts.filter(outcome=DeliveryAttempt.Outcome.UNKNOWN).count() >= MOST_UNKNOWN:
        return NO("The mail server took it several times without an answer: ask its reader before it is sent again.")
    return YES
