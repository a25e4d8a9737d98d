"""Events of the trail, and the seals on them."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import Q
from django.db.models.fields.json import KeyTransform
from django.utils import timezone

from finpulse.audit.querysets import AuditEventQuerySet
from finpulse.audit.verbs import words_of

# Of the words typed in a search, what recognises them (finpulse.audit.services.looks).
SEARCH_MARKS = KeyTransform("words", KeyTransform("search", "detail"))


class AuditEvent(models.Model):
    """Who did what to which row. Holds keys, never names: what it points to may be erased, the event stays."""

    at = models.DateTimeField(default=timezone.now, db_index=True)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    verb = models.CharField(max_length=80, help_text="app.entity.past_tense")
    subject_type = models.CharField(max_length=80, blank=True, help_text="app.model")
    subject_id = models.BigIntegerField(null=True, blank=True)
    reason = models.TextField(blank=True)
    detail = models.JSONField(default=dict, blank=True)

    objects = AuditEventQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["subject_type", "subject_id", "-id"], name="audit_event_subject"),
            models.Index(fields=["subject_type", "-id"], name="audit_event_kind"),
            models.Index(fields=["actor", "-id"], name="audit_event_actor"),
            models.Index(fields=["verb", "-id"], name="audit_event_verb"),
            GinIndex(
                OpClass(SEARCH_MARKS, "jsonb_path_ops"),
                condition=Q(detail__has_key="search"),
                name="audit_event_search",
            ),
        ]

    def __str__(self) -> str:
        return f"{words_of(self.verb)}, event {self.pk}"


class AuditSeal(models.Model):
    """A link of the chain over the trail: which events, what each said (`digests`, 32 bytes each), what came before.

    `mac` is an HMAC-SHA256 over all other columns, under a key that the database does not hold. An event with an id up
    to `horizon` is in this seal or an earlier one; one that appears there later was inserted. `ceiling` is how far ids
    had been given when the seal was made, and becomes the horizon once every transaction before `ceiling_xmax` has
    ended. `last_id` is the highest id sealed so far.
    """

    sequence = models.PositiveBigIntegerField(primary_key=True)
    event_ids = ArrayField(models.BigIntegerField())
    digests = models.BinaryField()
    form = models.PositiveSmallIntegerField(help_text="Which canonical form of an event the digests are of.")
    last_id = models.BigIntegerField(db_index=True)
    horizon = models.BigIntegerField()
    ceiling = models.BigIntegerField()
    ceiling_xmax = models.BigIntegerField()
    previous_mac = models.CharField(max_length=64, blank=True)
    mac = models.CharField(max_length=64)
    key_id = models.CharField(max_length=40)
    sealed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(sequence__gte=1), name="audit_seal_counts_from_one"),
            models.CheckConstraint(
                condition=Q(horizon__lte=models.F("ceiling")), name="audit_seal_horizon_was_reached"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.sequence}:{self.mac}"
