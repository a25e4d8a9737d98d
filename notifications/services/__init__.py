"""Writing messages, delivering them, reading them."""

from notifications.services.deliver import message_deliver, message_give_up
from notifications.services.read import MessageReadRefused, message_read, messages_read_all
from notifications.services.scan import ScanReport, alerts_scan

__all__ = [
    "MessageReadRefused",
    "ScanReport",
    "alerts_scan",
    "message_deliver",
    "message_give_up",
    "message_read",
    "messages_read_all",
]
