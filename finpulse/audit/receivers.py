"""What the trail hears of the house below: the end of a migration, and verbs of the kernel."""

from typing import Any

from finpulse.audit.services import append_only_protect, record


def protect_append_only(sender: Any, using: str, **kwargs: Any) -> None:
    """Leave the trail and the histories, as far as the migration has left them, for adding and reading."""
    append_only_protect(using=using)


def record_retry(sender: Any, task: Any, actor: Any, **kwargs: Any) -> None:
    """Tell who had a given-up task tried again."""
    detail = {"name": task.name, "attempts": task.attempts}
    record("kernel.queuedtask.retried", actor=actor, subject=task, detail=detail)


def record_proposal(sender: Any, *, verb: str, proposal: Any, **told: Any) -> None:
    """Tell what became of a proposal, as an event of the row that it is about."""
    detail = {"proposal": proposal.pk, "kind": proposal.kind, "proposed_by": proposal.proposed_by_id}
    facts = {name: told[name] for name in ("actor", "subject", "reason")}
    record(f"kernel.proposal.{verb}", detail=detail, **facts)
