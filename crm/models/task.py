"""A follow-up with a deadline."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from crm.models.customer import Customer
from crm.models.interaction import Interaction
from crm.querysets import OfCustomerQuerySet


class Task(models.Model):
    """Something to do for a customer by a day, by one colleague."""

    class State(models.TextChoices):
        OPEN = "OPEN", "open"
        DONE = "DONE", "done"

    customer = models.ForeignKey(Customer, on_delete=models.PROTECT, related_name="tasks")
    title = models.CharField(max_length=200)
    due_on = models.DateField()
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="tasks", db_index=False
    )
    state = models.CharField(max_length=4, choices=State.choices, default=State.OPEN)
    interaction = models.ForeignKey(
        Interaction, null=True, blank=True, on_delete=models.PROTECT, related_name="next_steps"
    )
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = OfCustomerQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state="OPEN", done_at__isnull=True) | Q(state="DONE", done_at__isnull=False),
                name="crm_task_done_has_its_moment",
            )
        ]
        indexes = [
            models.Index(fields=["assignee", "due_on", "id"], condition=Q(state="OPEN"), name="crm_task_open"),
            models.Index(fields=["-state", "due_on", "id"], include=["customer"], name="crm_task_open_first"),
        ]

    def __str__(self) -> str:
        return self.title
