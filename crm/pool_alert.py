"""The alarm that customers have fallen to a unit's pool: its supervisor gives them to colleagues."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from django.db.models import Count
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from crm.alerts import supervisors_above
from crm.models import Assignment, Customer
from crm.services.leavers import LEFT
from finpulse.identity.models import Unit, User
from notifications.alert_kinds import AlertKind, DueAlert, Notice, Row
from notifications.models import Message

# The list's filter by manager, for whom nobody has in charge.
IN_NOBODYS_CHARGE = "none"
# What fell while no scan ran is still told.
TOLD_AFTER = timedelta(days=7)


class PoolAlert(AlertKind):
    """Once for each unit and leaver, to the unit's supervisor or the next one above who is there."""

    name = "pool"
    label = "Customers without a manager"

    def path(self, message: Message) -> str:
        """Lead to those of the unit who are in nobody's charge."""
        return f"{reverse('admin:crm_customer_changelist')}?unit={message.subject_id}&manager={IN_NOBODYS_CHARGE}"

    def due(self, now: datetime) -> Iterator[DueAlert]:
        """Give one for each unit in which customers fell at one moment."""
        fell = Assignment.objects.filter(manager=None, reason=LEFT, since_at__gt=now - TOLD_AFTER)
        by_unit = fell.filter(customer__unit__isnull=False).values_list("customer__unit", "since_at").distinct()
        for unit_id, since_at in by_unit.order_by("since_at", "customer__unit"):
            yield DueAlert(
                event=f"{unit_id}:{since_at.isoformat()}",
                recipient_role="supervisor",
                due_at=since_at,
                late=now - since_at > timedelta(hours=1),
                subject=Row("identity.unit", unit_id),
                # About no row with a scope: how many there are, each reader's own list tells.
                scope=Row("", 0),
                deadline_on=timezone.localdate(since_at),
                context={"since_on": timezone.localdate(since_at).isoformat()},
            )

    def is_due(self, message: Message) -> bool:
        """Tell whether somebody of the unit is still in nobody's charge."""
        return Customer.objects.filter(unit=message.subject_id, manager=None, restricted=False).exists()

    def recipient(self, message: Message) -> User | None:
        """Give the nearest supervisor."""
        unit = Unit.objects.filter(pk=message.subject_id or 0).first()
        return next(iter(supervisors_above(unit)), None) if unit else None

    def notices(self, messages: Sequence[Message]) -> dict[int, Notice]:
        """Word them by how many are in the pools today; restricted ones are not counted."""
        units = Unit.objects.in_bulk({message.subject_id for message in messages})
        waiting = Customer.objects.filter(unit__in=units, manager=None, restricted=False).order_by()
        counts = dict(waiting.values_list("unit").annotate(number=Count("pk")))
        return {message.pk: _notice(message, units, counts) for message in messages if message.subject_id in units}


def _notice(message: Message, units: dict[int, Unit], counts: dict[int, int]) -> Notice:
    unit, day = units[message.subject_id or 0], date_format(timezone.localdate(message.due_at), "j F Y")
    number = counts.get(unit.pk, 0)
    return Notice(
        title=f"A manager left on {day}: his customers need another",
        about=f"{unit}: {number} without a manager",
        facts=(("Unit", str(unit)), ("Without a manager today", str(number)), ("What to do", "Assign them")),
    )
