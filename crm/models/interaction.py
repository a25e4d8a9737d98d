"""What was said with a customer."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from crm.models.customer import Customer
from crm.querysets import OfCustomerQuerySet


class Interaction(models.Model):
    """A call, e-mail, chat, meeting or visit. A record of fact: added, not rewritten."""

    class Channel(models.TextChoices):
        CALL = "CALL", "Call"
        EMAIL = "EMAIL", "E-mail"
        CHAT = "CHAT", "Chat"
        MEETING = "MEETING", "Meeting"
        VISIT = "VISIT", "Visit"
        SMS = "SMS", "SMS"

    class Direction(models.TextChoices):
        OUTBOUND = "OUTBOUND", "from us"
        INBOUND = "INBOUND", "from the customer"

    customer = models.ForeignKey(Customer, on_delete=models.PROTECT, related_name="interactions", db_index=False)
    channel = models.CharField(max_length=8, choices=Channel.choices, default=Channel.CALL)
    direction = models.CharField(max_length=8, choices=Direction.choices, default=Direction.OUTBOUND)
    occurred_at = models.DateTimeField(default=timezone.now)
    summary = models.TextField(max_length=4000)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="interactions")
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = OfCustomerQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["customer", "-occurred_at", "-id"], name="crm_interaction_of_customer")]

    def __str__(self) -> str:
        return f"{self.get_channel_display()} {self.occurred_at:%Y-%m-%d}"
