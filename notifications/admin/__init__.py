"""Notifications in the console."""

from notifications.admin.message import MessageAdmin
from notifications.admin.outbox import OutboxAdmin

__all__ = ["MessageAdmin", "OutboxAdmin"]
