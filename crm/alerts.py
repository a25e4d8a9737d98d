"""The maturity alert: who decides what becomes of a holding hears of its last day in time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta

from django.db.models import Q, QuerySet
from django.db.models.functions import Length
from django.utils import timezone
from django.utils.formats import date_format

from crm.masking import holding_number
from crm.models import Customer, Holding
from crm.querysets import HoldingQuerySet
from finpulse.identity.models import Unit, User
from notifications.alert_kinds import AlertKind, DueAlert, Notice, Row
from notifications.models import Message

LEAD_DAYS = (30, 7, 1)
# What matured while no scan ran is still told, for as long as a decision can still be made good.
TOLD_AFTER = timedelta(days=7)
MANAGER = "manager"


class MaturityAlert(AlertKind):
    """Thirty, seven and one day before a holding matures, to the manager in charge of its primary owner.

    What is found later than that, after an outage or because the feed told of it late, is sent for the last lead that
    was reached, marked late. An amortising loan that just ends needs no decision and gets none.
    """

    name = "maturity"
    label = "Maturity"

    def due(self, now: datetime) -> Iterator[DueAlert]:
        """Give one alert per holding: for the smallest lead that is reached on the bank's day."""
        today = timezone.localdate(now, timezone.get_default_timezone())
        rows = awaiting_decision().maturing(since=today - TOLD_AFTER, until=today + timedelta(days=max(LEAD_DAYS)))
        columns = rows.order_by("matures_on", "pk").values_list("pk", "customer_id", "matures_on")
        for holding_id, customer_id, matures_on in columns.iterator(chunk_size=1000):
            lead = min(days for days in LEAD_DAYS if matures_on - today <= timedelta(days=days))
            due_on = matures_on - timedelta(days=lead)
            yield DueAlert(
                event=f"{holding_id}:{matures_on.isoformat()}:{lead}",
                recipient_role=MANAGER,
                due_at=datetime.combine(due_on, time.min, timezone.get_default_timezone()),
                late=today > due_on,
                subject=Row("crm.holding", holding_id),
                scope=Row("crm.customer", customer_id),
                deadline_on=matures_on,
                context={"matures_on": matures_on.isoformat(), "lead_days": lead},
            )

    def is_due(self, message: Message) -> bool:
        """Tell whether the holding still matures on that day and waits for a decision."""
        same = awaiting_decision().filter(pk=message.subject_id, matures_on=message.context["matures_on"])
        return same.filter(status=Holding.Status.ACTIVE).exists()

    def recipient(self, message: Message) -> User | None:
        """Give the manager in charge; without one who may see the customer, the nearest supervisor who may."""
        customer = Customer.objects.select_related("unit").get(pk=message.scope_id)
        return next((user for user in _in_charge(customer) if user.has_perm("crm.view_customer", customer)), None)

    def notices(self, messages: Sequence[Message]) -> dict[int, Notice]:
        """Word them by what the holdings are today, in one query."""
        rows = Holding.objects.filter(pk__in={message.subject_id for message in messages}).select_related("customer")
        holdings = {holding.pk: holding for holding in rows}
        return {
            message.pk: _notice(holdings[message.subject_id], message)
            for message in messages
            if message.subject_id in holdings
        }


def awaiting_decision() -> HoldingQuerySet:
    """Give holdings whose maturity asks for a decision: an amortising loan's does not (domain.md, Maturities)."""
    rows: HoldingQuerySet = Holding.objects.exclude(Q(kind=Holding.Kind.LOAN) & Q(instalment__isnull=False))
    return rows


def _in_charge(customer: Customer) -> Iterator[User]:
    yield from User.objects.with_access().filter(pk=customer.manager_id, is_active=True)
    if customer.unit is not None:
        yield from supervisors_above(customer.unit)


def supervisors_above(unit: Unit) -> QuerySet[User]:
    """Give the supervisors of a unit and of those above it, the nearest first."""
    upwards = [int(key) for key in unit.path.strip("/").split("/")]
    supervisors: QuerySet[User] = User.objects.with_access().filter(
        is_active=True, groups__name="supervisor", unit__in=upwards
    )
    return supervisors.order_by(Length("unit__path").desc(), "username")


def _notice(holding: Holding, message: Message) -> Notice:
    day = date.fromisoformat(message.context["matures_on"])
    left = (day - timezone.localdate()).days
    matures = "matured" if left < 0 else "matures"
    name = holding.name or holding.get_kind_display()
    return Notice(
        title=f"{holding.get_kind_display()} {matures} on {date_format(day, 'j F Y')}",
        about=holding.customer.name,
        facts=(
            ("Customer", f"{holding.customer.name}, {holding.customer.customer_no}"),
            ("Holding", f"{name} {holding_number(holding)}"),
            (matures.capitalize(), f"{date_format(day, 'l j F Y')}, {_distance(left)}"),
        ),
        amount=holding.balance,
        currency=holding.currency,
    )


def _distance(days: int) -> str:
    near = {-1: "yesterday", 0: "today", 1: "tomorrow"}
    if days in near:
        return near[days]
    return f"in {days} days" if days > 0 else f"{-days} days ago"
