"""A message to one person by one channel, and each attempt to deliver it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from notifications.querysets import MessageQuerySet, OutboxQuerySet


class Message(models.Model):
    """What must reach somebody. Written once per `key`; its recipient is resolved when a worker claims it.

    `subject_type` and `subject_id` name the row it is about (a key of the subjects registry), `scope_type` and
    `scope_id` the row whose scope it inherits; a message about nothing scoped leaves them empty. `context` holds keys,
    dates and codes; names and amounts are read where they are shown, by what the reader may see then.
    """

    class Channel(models.TextChoices):
        IN_APP = "IN_APP", "in the console"
        EMAIL = "EMAIL", "e-mail"

    class State(models.TextChoices):
        WAITING = "WAITING", "waiting"
        SENT = "SENT", "sent"
        FAILED = "FAILED", "failed"
        NOBODY = "NOBODY", "nobody to tell"
        OBSOLETE = "OBSOLETE", "no longer due"

    key = models.CharField(max_length=200, unique=True)
    kind = models.CharField(max_length=60, help_text="A key of the alert kinds registry.")
    channel = models.CharField(max_length=6, choices=Channel.choices)
    recipient_role = models.CharField(max_length=30, help_text="Whom the kind resolves to a person, as in manager.")
    subject_type = models.CharField(max_length=80, blank=True)
    subject_id = models.BigIntegerField(null=True, blank=True)
    scope_type = models.CharField(max_length=80, blank=True)
    scope_id = models.BigIntegerField(null=True, blank=True)
    context = models.JSONField(default=dict)
    due_at = models.DateTimeField(help_text="From when on it was to be sent.")
    late = models.BooleanField(default=False)
    deadline_on = models.DateField(null=True, blank=True, help_text="By when its reader must have acted.")
    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="messages",
        db_index=False,
    )
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    reason = models.CharField(max_length=300, blank=True, help_text="Why it was not sent.")
    created_at = models.DateTimeField(default=timezone.now)
    sent_at = models.DateTimeField(null=True, blank=True)
    read_at = models.DateTimeField(null=True, blank=True)

    objects = MessageQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="SENT") | Q(recipient__isnull=False, sent_at__isnull=False),
                name="notifications_sent_has_recipient",
            ),
            models.CheckConstraint(
                condition=Q(read_at__isnull=True) | Q(state="SENT"), name="notifications_read_was_sent"
            ),
        ]
        indexes = [
            models.Index(fields=["recipient", "-id"], name="notifications_of_recipient"),
            models.Index(
                fields=["recipient", "-id"],
                condition=Q(channel="IN_APP", state="SENT", read_at__isnull=True),
                name="notifications_unread",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"


class OutboxEntry(Message):
    """A message as whoever runs FinPulse sees it: its way, never whom or what it is about."""

    objects = OutboxQuerySet.as_manager()  # type: ignore[assignment,misc]

    class Meta:
        proxy = True
        verbose_name = "outbox entry"
        verbose_name_plural = "outbox"


class DeliveryAttempt(models.Model):
    """One try to hand a message over, written before it is made: a crash leaves STARTED, and the next try says so."""

    class Outcome(models.TextChoices):
        STARTED = "STARTED", "started"
        ACCEPTED = "ACCEPTED", "accepted"
        REFUSED = "REFUSED", "refused"
        UNREACHABLE = "UNREACHABLE", "server not reached"
        UNKNOWN = "UNKNOWN", "ended without an answer"

    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="attempts")
    started_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(max_length=11, choices=Outcome.choices, default=Outcome.STARTED)
    reason = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["message"], condition=Q(outcome="STARTED"), name="notifications_attempt_one_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(outcome="STARTED", ended_at__isnull=True)
                | ~Q(outcome="STARTED") & Q(ended_at__isnull=False),
                name="notifications_attempt_ended_has_its_moment",
            ),
        ]

    def __str__(self) -> str:
        return f"attempt {self.pk} of message {self.message_id}"
