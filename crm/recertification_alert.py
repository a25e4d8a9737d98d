"""Who has still to say of others' access what stays is reminded; once his day is past, compliance hears of it too."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, time, timedelta
from typing import Any

from django.db.models import F
from django.utils import timezone
from django.utils.formats import date_format

from crm.models import Recertification
from crm.selectors.recertification import lists
from crm.selectors.restricted import compliance_people
from finpulse.identity.models import User
from notifications.alert_kinds import AlertKind, DueAlert, Notice, Row
from notifications.models import Message

# Days before a list is due: when it is made, twice more, and when its day is past.
LEAD_DAYS = (30, 7, 1, -1)
REVIEWER, COMPLIANCE = "reviewer", "compliance:"
# A list that nobody has finished for so long is told of no more.
TOLD_AFTER = timedelta(days=92)


class RecertificationAlert(AlertKind):
    """Each list once at each step, to whose it is; of an overdue one each of compliance hears as well."""

    name = "recertification"
    label = "Recertification"
    page = "admin:crm_recertification"

    def due(self, now: datetime) -> Iterator[DueAlert]:
        """Give the step that each unfinished list has reached, for each who is to hear of it."""
        today = timezone.localdate(now, timezone.get_default_timezone())
        watchers = list(compliance_people().values_list("pk", flat=True))
        for made in _unfinished().filter(due_on__gt=today - TOLD_AFTER).order_by("pk"):
            reached = [days for days in LEAD_DAYS if made.due_on - today <= timedelta(days=days)]
            if not reached:
                continue
            step = min(reached)
            overdue = [f"{COMPLIANCE}{key}" for key in watchers if key != made.reviewer_id] if step < 0 else []
            due_on = made.due_on - timedelta(days=step)
            for role in (REVIEWER, *overdue):
                yield DueAlert(
                    event=f"{made.pk}:{step}",
                    recipient_role=role,
                    due_at=datetime.combine(due_on, time.min, timezone.get_default_timezone()),
                    late=today > max(due_on, timezone.localdate(made.made_at)),
                    subject=Row("", made.pk),
                    scope=Row("", 0),
                    deadline_on=made.due_on,
                )

    def is_due(self, message: Message) -> bool:
        """Tell whether something is left to decide."""
        return _unfinished().filter(pk=message.subject_id or 0).exists()

    def recipient(self, message: Message) -> User | None:
        """Give whose list it is, or who of compliance is named, while he may see lists."""
        people = User.objects.with_access().filter(is_active=True)
        if message.recipient_role == REVIEWER:
            people = people.filter(pk__in=Recertification.objects.filter(pk=message.subject_id or 0).values("reviewer"))
        else:
            key = int(message.recipient_role.removeprefix(COMPLIANCE))
            people = people.filter(pk__in=compliance_people().filter(pk=key).order_by().values("pk"))
        user: User | None = people.first()
        return user if user is not None and user.has_perm("crm.view_recertification") else None

    def notices(self, messages: Sequence[Message]) -> dict[int, Notice]:
        """Word them by how far the lists are now, in one query."""
        found = lists().in_bulk({message.subject_id for message in messages})
        return {
            message.pk: _notice(message, found[message.subject_id])
            for message in messages
            if message.subject_id in found
        }


def _unfinished() -> Any:
    return lists().filter(decided__lt=F("total"))


def _notice(message: Message, made: Any) -> Notice:
    day, far = date_format(made.due_on, "j F Y"), f"{made.decided} of {made.total} decided"
    if message.recipient_role == REVIEWER:
        title, whose = f"Say by {day} who keeps the access that he has", "Your list"
    else:
        title, whose = f"A recertification list was due on {day}", f"{made.reviewer}, {made.reviewer.unit or 'no unit'}"
    facts = (("List", whose), ("Quarter from", date_format(made.quarter_on, "j F Y")), ("So far", far), ("Due", day))
    return Notice(title=title, about=f"{whose}: {far}", facts=facts)
