"""The trail in the console."""

from finpulse.audit.admin.event import AuditEventAdmin

__all__ = ["AuditEventAdmin"]
