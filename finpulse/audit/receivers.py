"""What the trail hears of the house below: the end of a migration, and verbs of the kernel."""

from typing import Any

from finpulse.audit.models import AuditEvent
from finpulse.audit.services import record, trail_protect
from finpulse.kernel.tables import have_tables


def protect_trail(sender: Any, using: str, **kwargs: Any) -> None:
    """Revoke what would change the trail, where the migration has left one."""
    if have_tables(AuditEvent, using=using):
        trail_protect(using=using)


def record_retry(sender: Any, task: Any, actor: Any, **kwargs: Any) -> None:
    """Tell who had a given-up task tried again."""
    detail = {"name": task.name, "attempts": task.attempts}
    record("kernel.queuedtask.retried", actor=actor, subject=task, detail=detail)
