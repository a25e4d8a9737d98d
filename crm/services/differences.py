"""Settling where FinPulse's own word stands against the feed's."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from crm import policies
from crm.models import Customer, FeedDifference
from crm.services.customers import write_contact
from finpulse.audit.services import record
from finpulse.identity.models import User
from finpulse.kernel.errors import DomainError

KEPT, TAKEN = "crm.feed_difference.kept", "crm.feed_difference.taken"


class FeedDifferenceKeepRefused(DomainError):
    """The actor may not keep this value, or it is no longer what he was shown."""


class FeedDifferenceTakeRefused(DomainError):
    """The actor may not take this value, or it is no longer what he was shown."""


@transaction.atomic
def difference_keep(*, difference_id: int, ours: str, theirs: str, actor: User) -> FeedDifference:
    """Stand by what was edited here; asked again only when the feed says something else. Done twice is done once.

    `ours` and `theirs` are what the actor was shown.

    :raises FeedDifferenceKeepRefused: when the actor may not, or a value changed meanwhile.
    """
    difference = _locked(difference_id)
    _check(difference, ours, theirs, actor, FeedDifferenceKeepRefused)
    if difference.settled == FeedDifference.Settled.TAKEN and difference.ours == difference.theirs:
        raise FeedDifferenceKeepRefused("The bank's value was taken already. Edit the contact data to go back.")
    if difference.settled != FeedDifference.Settled.KEPT:
        _settle(difference, FeedDifference.Settled.KEPT, KEPT, actor)
    return difference


@transaction.atomic
def difference_take(*, difference_id: int, ours: str, theirs: str, actor: User) -> FeedDifference:
    """Write the feed's value, which owns the column again. Done twice is done once; what was kept may still be taken.

    `ours` and `theirs` are what the actor was shown.

    :raises FeedDifferenceTakeRefused: when the actor may not, or a value changed meanwhile.
    :raises InputError: for a value of the feed that FinPulse would not take from anybody.
    """
    difference = _locked(difference_id)
    taken = difference.settled == FeedDifference.Settled.TAKEN and difference.ours == difference.theirs
    _check(difference, difference.ours if taken else ours, theirs, actor, FeedDifferenceTakeRefused)
    if not taken:
        changed, left = {difference.column: difference.theirs}, {*difference.customer.edited_here} - {difference.column}
        write_contact(customer=difference.customer, changed=changed, edited_here=left, actor=actor, verb=TAKEN)
        _settle(difference, FeedDifference.Settled.TAKEN, TAKEN, actor)
    return difference


def _locked(difference_id: int) -> FeedDifference:
    """Lock the customer first, then the difference, as a load does."""
    customer_id = FeedDifference.objects.values_list("customer_id", flat=True).get(pk=difference_id)
    customer = Customer.objects.select_for_update(no_key=True).get(pk=customer_id)
    difference: FeedDifference = FeedDifference.objects.select_for_update().get(pk=difference_id)
    difference.customer = customer
    return difference


def _check(difference: FeedDifference, ours: str, theirs: str, actor: User, refused: type[DomainError]) -> None:
    verdict = policies.may_edit_customer(actor, difference.customer)
    if not verdict:
        raise refused(verdict.reason)
    if difference.theirs != theirs:
        raise refused("The bank says something else by now. Look at the two values again.")
    if difference.ours != ours:
        raise refused("The value was edited meanwhile. Look at the two values again.")


def _settle(difference: FeedDifference, how: str, verb: str, actor: User) -> None:
    difference.settled, difference.settled_at = how, timezone.now()
    FeedDifference.objects.filter(pk=difference.pk).update(settled=how, settled_at=difference.settled_at)
    detail = {"difference": difference.pk, "column": difference.column}
    record(verb, actor=actor, subject=difference.customer, detail=detail)
