"""Writing messages, delivering them, sending them again, reading them."""

from notifications.services.deliver import message_deliver, message_give_up
from notifications.services.follow import messages_follow
from notifications.services.read import MessageReadRefused, message_read, messages_read, messages_read_all
from notifications.services.resend import MessageResendRefused, message_resend, message_take_up
from notifications.services.scan import ScanReport, alerts_scan

__all__ = [
    "MessageReadRefused",
    "MessageResendRefused",
    "ScanReport",
    "alerts_scan",
    "message_deliver",
    "message_give_up",
    "message_read",
    "message_resend",
    "message_take_up",
    "messages_follow",
    "messages_read",
    "messages_read_all",
]
