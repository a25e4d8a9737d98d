"""What somebody proposed, and what became of it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from finpulse.kernel.proposals.querysets import ProposalQuerySet

WAITING = Q(state="OPEN") | Q(state="APPROVED", applied_at__isnull=True)


class Proposal(models.Model):
    """A verb on one row, proposed by one and decided by another.

    `kind` is a key of the proposal kinds; `subject_type` and `subject_id` name the row (a key of the subjects
    registry). `payload` holds ids and values. `fingerprint` is the row's state when it was proposed: once that differs
    the proposal lapses. One with an `effective_on` to come is approved first and applied on that day.
    """

    class State(models.TextChoices):
        OPEN = "OPEN", "open"
        APPROVED = "APPROVED", "approved"
        REFUSED = "REFUSED", "refused"
        WITHDRAWN = "WITHDRAWN", "withdrawn"
        LAPSED = "LAPSED", "lapsed"

    kind = models.CharField(max_length=60)
    subject_type = models.CharField(max_length=80)
    subject_id = models.BigIntegerField()
    payload = models.JSONField(default=dict)
    fingerprint = models.CharField(max_length=64)
    reason = models.CharField(max_length=500)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    proposed_at = models.DateTimeField(default=timezone.now)
    effective_on = models.DateField(null=True, blank=True)
    state = models.CharField(max_length=9, choices=State.choices, default=State.OPEN)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    decision_reason = models.CharField(max_length=500, blank=True, help_text="Why it was refused, withdrawn or lapsed.")
    applied_at = models.DateTimeField(null=True, blank=True)

    objects = ProposalQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("proposed_by")),
                name="kernel_proposal_decided_by_another",
            ),
            models.CheckConstraint(
                condition=Q(state="OPEN", decided_at__isnull=True, decided_by__isnull=True)
                | Q(state__in=["APPROVED", "REFUSED"], decided_at__isnull=False, decided_by__isnull=False)
                | Q(state__in=["WITHDRAWN", "LAPSED"], decided_at__isnull=False),
                name="kernel_proposal_decided_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(applied_at__isnull=True) | Q(state="APPROVED"), name="kernel_proposal_applied_was_approved"
            ),
            models.UniqueConstraint(
                fields=["kind", "subject_type", "subject_id"], condition=WAITING, name="kernel_proposal_one_waits"
            ),
        ]
        indexes = [
            models.Index(fields=["kind", "-id"], condition=Q(state="OPEN"), name="kernel_proposal_open"),
            models.Index(fields=["proposed_by", "-id"], name="kernel_proposal_of_proposer"),
            models.Index(fields=["subject_type", "subject_id", "-id"], name="kernel_proposal_of_subject"),
            models.Index(fields=["-decided_at", "-id"], name="kernel_proposal_decided"),
            models.Index(
                fields=["effective_on", "id"],
                condition=Q(state="APPROVED", applied_at__isnull=True),
                name="kernel_proposal_to_apply",
            ),
        ]

    def __str__(self) -> str:
        return f"proposal {self.pk}"

    @property
    def waits(self) -> bool:
        """Tell whether it is still to be decided, or approved and still to be applied."""
        return self.state == self.State.OPEN or (self.state == self.State.APPROVED and self.applied_at is None)
