"""Who may do what with a message."""

from typing import Any

from finpulse.kernel.access import NO, YES, Verdict
from notifications.models import Message


def may_read_message(actor: Any, message: Message) -> Verdict:
    """One's own, in the console."""
    if message.recipient_id != actor.pk or not actor.has_perm("notifications.change_message", message):
        return NO("This message is not yours.")
    if message.channel != Message.Channel.IN_APP or message.state != Message.State.SENT:
        return NO("Only a message in the console is marked as read.")
    return YES
