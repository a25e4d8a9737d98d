"""Rows of the kernel: work that waits, answers already given, and how people like their lists."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from finpulse.kernel.proposals.models import Proposal

__all__ = ["IdempotentAnswer", "ListColumns", "Proposal", "QueuedTask"]


class QueuedTask(models.Model):
    """Work that must not be lost, written in the transaction of its cause. The broker only rings that it is there."""

    class State(models.TextChoices):
        WAITING = "WAITING", "waiting"
        RUNG = "RUNG", "rung"
        RUNNING = "RUNNING", "running"
        DONE = "DONE", "done"
        DEAD = "DEAD", "given up"

    name = models.CharField(max_length=100)
    arguments = models.JSONField(default=dict, help_text="Ids only.")
    key = models.CharField(max_length=200, unique=True, null=True, blank=True)
    queue = models.CharField(max_length=20, default="default")
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    available_at = models.DateTimeField(default=timezone.now)
    rings = models.PositiveSmallIntegerField(
        default=0, help_text="How often the broker was told of it since it last ran."
    )
    leased_until = models.DateTimeField(
        null=True, blank=True, help_text="Until when a ring is taken to be on its way, or a worker to be at it."
    )
    attempts = models.PositiveSmallIntegerField(default=0)
    last_error = models.TextField(blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["RUNG", "RUNNING"], leased_until__isnull=False)
                | ~Q(state__in=["RUNG", "RUNNING"]) & Q(leased_until__isnull=True),
                name="kernel_queuedtask_leased_while_out",
            )
        ]
        indexes = [
            models.Index(
                fields=["queue", "available_at", "id"], condition=Q(state="WAITING"), name="kernel_queue_waiting"
            ),
            models.Index(
                fields=["leased_until"], condition=Q(state__in=["RUNG", "RUNNING"]), name="kernel_queue_leased"
            ),
            models.Index(fields=["finished_at"], condition=Q(state="DONE"), name="kernel_queue_done"),
            models.Index(fields=["finished_at"], condition=Q(state="DEAD"), name="kernel_queue_dead"),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.pk}"


class IdempotentAnswer(models.Model):
    """The answer once given to a POST with an Idempotency-Key, given again to the same request."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=200)
    fingerprint = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField()
    body = models.JSONField()
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "key"], name="kernel_idempotentanswer_once")]

    def __str__(self) -> str:
        return self.key


class ListColumns(models.Model):
    """The columns that a user has picked for a list, in his order. Names that are no longer offered are passed over."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    listed = models.CharField(max_length=100, help_text='The model whose rows the list shows, as "app.model".')
    columns = models.JSONField(default=list)
    changed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "listed"], name="kernel_listcolumns_once")]

    def __str__(self) -> str:
        return self.listed
