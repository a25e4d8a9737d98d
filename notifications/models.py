"""A message to one person by one channel, and each attempt to deliver it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from notifications.querysets import MessageQuerySet


class Message(models.Model):
    """What must reach somebody. Written once per `key`; its recipient is resolved when a worker claims it.

    `subject_type` and `subject_id` name the row it is about (a key of the subjects registry), `scope_type` and `scope_id`
    the row whose scope it inherits; a message about nothing scoped leaves them empty. `context` holds what the template
    shows, without personal data beyond what the recipient may see.
    """

    class Channel(models.TextChoices):
        IN_APP = "IN_APP", "in the console"
        EMAIL = "EMAIL", "e-mail"

    class State(models.TextChoices):
        WAITING = "WAITING", "waiting"
        SENT = "SENT", "sent"
        FAILED = "FAILED", "failed"
        NOBODY = "NOBODY", "nobody to tell"

    key = models.CharField(max_length=200, unique=True)
    kind = models.CharField(max_length=60, help_text="A key of the alert kinds registry.")
    channel = models.CharField(max_length=6, choices=Channel.choices)
    subject_type = models.CharField(max_length=80, blank=True)
    subject_id = models.BigIntegerField(null=True, blank=True)
    scope_type = models.CharField(max_length=80, blank=True)
    scope_id = models.BigIntegerField(null=True, blank=True)
    context = models.JSONField(default=dict)
    due_at = models.DateTimeField()
    late = models.BooleanField(default=False)
    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="messages"
    )
    state = models.CharField(max_length=7, choices=State.choices, default=State.WAITING)
    created_at = models.DateTimeField(default=timezone.now)
    sent_at = models.DateTimeField(null=True, blank=True)
    read_at = models.DateTimeField(null=True, blank=True)

    objects = MessageQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="SENT") | Q(recipient__isnull=False, sent_at__isnull=False), name="notifications_sent_has_recipient"
            )
        ]
        indexes = [
            models.Index(fields=["recipient", "-id"], condition=Q(channel="IN_APP"), name="notifications_in_app"),
            models.Index(
                fields=["recipient"], condition=Q(channel="IN_APP", state="SENT", read_at__isnull=True), name="notifications_unread"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"


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

    def __str__(self) -> str:
        return f"attempt {self.pk} of message {self.message_id}"
