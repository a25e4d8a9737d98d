"""Every look at a restricted customer is told to compliance: once for each viewer, customer and day."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.formats import date_format

from crm.models import Customer
from crm.selectors.restricted import compliance_people, looks_at_restricted
from finpulse.identity.models import User
from notifications.alert_kinds import AlertKind, DueAlert, Notice, Row
from notifications.models import Message

# What was looked at while no scan ran is still told.
TOLD_AFTER = timedelta(days=2)
ROLE = "compliance:"


class RestrictedLookAlert(AlertKind):
    """To everybody of compliance but the viewer himself. No name stands in it: it leads to the customer's page."""

    name = "restricted_look"
    label = "Restricted customer looked at"

    def due(self, now: datetime) -> Iterator[DueAlert]:
        """Give one for each viewer, customer and day of the bank, and each who is to hear of it."""
        readers = list(compliance_people().values_list("pk", flat=True))
        told: set[str] = set()
        for customer_id, viewer_id, at in looks_at_restricted(now, TOLD_AFTER):
            day = timezone.localdate(at, timezone.get_default_timezone())
            event = f"{customer_id}:{viewer_id}:{day.isoformat()}"
            if event in told:
                continue
            told.add(event)
            for reader in readers:
                if reader != viewer_id:
                    yield DueAlert(
                        event=event,
                        recipient_role=f"{ROLE}{reader}",
                        due_at=at,
                        late=now - at > timedelta(hours=1),
                        subject=Row("crm.customer", customer_id),
                        scope=Row("crm.customer", customer_id),
                        context={"viewer": viewer_id},
                    )

    def is_due(self, message: Message) -> bool:
        """A look stays one."""
        return True

    def recipient(self, message: Message) -> User | None:
        """Give the one named, as long as he is of compliance."""
        return compliance_people().filter(pk=int(message.recipient_role.removeprefix(ROLE))).first()

    def notices(self, messages: Sequence[Message]) -> dict[int, Notice]:
        """Word them by number and viewer, in two queries."""
        customers = Customer.objects.in_bulk({message.subject_id for message in messages})
        viewers = User.objects.in_bulk({message.context["viewer"] for message in messages})
        return {
            message.pk: _notice(message, customers[message.subject_id], viewers.get(message.context["viewer"]))
            for message in messages
            if message.subject_id in customers
        }


def _notice(message: Message, customer: Customer, viewer: User | None) -> Notice:
    first = date_format(timezone.localtime(message.due_at), "j F Y, H:i")
    facts = (("Customer", customer.customer_no), ("Seen by", str(viewer or "–")), ("First on that day", first))
    return Notice(title="A restricted customer was looked at", about=customer.customer_no, facts=facts)
