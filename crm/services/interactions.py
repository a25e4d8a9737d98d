"""Logging what was said, with the next step in the same save."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone

from crm import policies
from crm.models import Customer, Interaction
from crm.services.tasks import task_add
from crm.services.texts import checked_text
from finpulse.audit.services import record
from finpulse.identity.models import User
from finpulse.kernel.errors import DomainError, InputError

LONGEST_SUMMARY = 4000
CLOCKS_DIFFER = timedelta(minutes=5)


class InteractionLogRefused(DomainError):
    """The actor may not log for this customer."""


@dataclass(frozen=True)
class NextStep:
    """What is to be done next, and by when."""

    title: str
    due_on: date


@transaction.atomic
def interaction_log(
    *,
    customer_id: int,
    channel: str,
    direction: str,
    occurred_at: datetime,
    summary: str,
    actor: User,
    next_step: NextStep | None = None,
) -> Interaction:
    """Write down an interaction and, with a next step, the actor's task for it: both or neither.

    :raises InteractionLogRefused: when the actor may not. :raises TaskAddRefused: when he may log, and not plan.
    :raises InputError: for an empty or too long summary, a full card number, an unknown channel, a moment to come.
    """
    customer = Customer.objects.select_for_update(no_key=True).get(pk=customer_id)
    verdict = policies.may_log_interaction(actor, customer)
    if not verdict:
        raise InteractionLogRefused(verdict.reason)
    _check_choice(channel, Interaction.Channel.values, "channel")
    _check_choice(direction, Interaction.Direction.values, "direction")
    if occurred_at > timezone.now() + CLOCKS_DIFFER:
        raise InputError("This lies in the future: log it once it has happened.", field="occurred_at")
    interaction = Interaction.objects.create(
        customer=customer,
        channel=channel,
        direction=direction,
        occurred_at=occurred_at,
        summary=checked_text(summary, field="summary", longest=LONGEST_SUMMARY),
        author=actor,
    )
    record(
        "crm.interaction.logged",
        actor=actor,
        subject=customer,
        detail={"interaction": interaction.pk, "channel": channel},
    )
    if next_step:
        task_add(
            customer_id=customer_id,
            title=next_step.title,
            due_on=next_step.due_on,
            actor=actor,
            interaction=interaction,
        )
    return interaction


def _check_choice(value: str, allowed: list[str], field: str) -> None:
    if value not in allowed:
        raise InputError(f"{value!r} is not one of {', '.join(allowed)}.", field=field)
