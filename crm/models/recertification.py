"""Once a quarter a supervisor says of everybody in his unit whether he should have what he has."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from crm.models.grants import CustomerUserObjectPermission
from finpulse.identity.models import Cover, User


class Recertification(models.Model):
    """A supervisor's list for the quarter that begins on `quarter_on`."""

    quarter_on = models.DateField()
    reviewer = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    due_on = models.DateField()
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["quarter_on", "reviewer"], name="crm_recertification_once_a_quarter"),
            models.CheckConstraint(condition=Q(due_on__gt=F("quarter_on")), name="crm_recertification_due_later"),
        ]

    def __str__(self) -> str:
        return f"{self.reviewer_id} from {self.quarter_on}"


class RecertificationItem(models.Model):
    """A person with his roles, a cover or a grant: kept or ended, or still to be decided."""

    class Kind(models.TextChoices):
        PERSON = "PERSON", "roles and book"
        COVER = "COVER", "cover"
        GRANT = "GRANT", "opened by name"

    class Decision(models.TextChoices):
        KEPT = "KEPT", "kept"
        ENDED = "ENDED", "ended"

    recertification = models.ForeignKey(Recertification, on_delete=models.CASCADE, related_name="items")
    kind = models.CharField(max_length=6, choices=Kind.choices)
    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    cover = models.ForeignKey(Cover, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    grant = models.ForeignKey(
        CustomerUserObjectPermission, null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    decision = models.CharField(max_length=5, choices=Decision.choices, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="PERSON", cover__isnull=True, grant__isnull=True)
                | Q(kind="COVER", cover__isnull=False, grant__isnull=True)
                | Q(kind="GRANT", cover__isnull=True, grant__isnull=False),
                name="crm_recertificationitem_of_its_kind",
            ),
            models.CheckConstraint(
                condition=Q(decision="", decided_at__isnull=True) | (~Q(decision="") & Q(decided_at__isnull=False)),
                name="crm_recertificationitem_decided_when",
            ),
            models.UniqueConstraint(
                fields=["recertification", "person"],
                condition=Q(kind="PERSON"),
                name="crm_recertificationitem_person_once",
            ),
        ]
        indexes = [
            models.Index(fields=["recertification"], condition=Q(decision=""), name="crm_recertification_open"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} of {self.person_id}"
