"""Naming customers in a cover."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from crm import policies
from crm.models import CoverCustomer, Customer
from finpulse.audit.services import record
from finpulse.identity.models import Cover, User
from finpulse.identity.services import cover_say_named
from finpulse.kernel.access import Verdict
from finpulse.kernel.errors import DomainError

MOST_NAMED = 500


class CoverNameRefused(DomainError):
    """This customer may not be named in this cover, or not by this actor."""


class CoverUnnameRefused(DomainError):
    """The actor does not say who is named in this cover."""


@transaction.atomic
def cover_name(*, cover_id: int, customer_id: int, actor: User) -> bool:
    """Name a customer in a cover, a restricted one too. Done twice is done once; gives whether anything changed.

    :raises CoverNameRefused: with a sentence fit for the screen.
    """
    cover = _locked(cover_id)
    if cover is None or cover.ends_at <= timezone.now():
        raise CoverNameRefused("This cover has ended.")
    customer = Customer.objects.select_for_update(no_key=True).get(pk=customer_id)
    _check(policies.may_name_in_cover(actor, cover, customer), CoverNameRefused)
    named = CoverCustomer.objects.filter(cover=cover)
    if named.filter(customer=customer).exists():
        return False
    if named.count() >= MOST_NAMED:
        raise CoverNameRefused(f"A cover names at most {MOST_NAMED} customers: give one of all customers instead.")
    CoverCustomer.objects.create(cover=cover, customer=customer, named_by=actor)
    cover_say_named(cover=cover, names_customers=True)
    record("crm.cover.customer_named", actor=actor, subject=customer, detail=_facts(cover))
    return True


@transaction.atomic
def cover_unname(*, cover_id: int, customer_id: int, actor: User) -> bool:
    """Take a customer out of those named in a cover. Done twice is done once; gives whether anything changed.

    :raises CoverUnnameRefused: with a sentence fit for the screen.
    """
    cover = _locked(cover_id)
    if cover is None:
        raise CoverUnnameRefused("This cover was called off.")
    _check(policies.may_name_in_cover(actor, cover), CoverUnnameRefused)
    named = CoverCustomer.objects.filter(cover=cover)
    one = named.filter(customer=customer_id).select_related("customer").first()
    if one is None:
        return False
    one.delete()
    cover_say_named(cover=cover, names_customers=named.exists())
    record("crm.cover.customer_unnamed", actor=actor, subject=one.customer, detail=_facts(cover))
    return True


def _locked(cover_id: int) -> Cover | None:
    cover: Cover | None = (
        Cover.objects.select_for_update(of=("self",)).select_related("covered").filter(pk=cover_id).first()
    )
    return cover


def _check(verdict: Verdict, refused: type[DomainError]) -> None:
    if not verdict:
        raise refused(verdict.reason)


def _facts(cover: Cover) -> dict[str, object]:
    return {"cover": cover.pk, "covered": cover.covered_id, "coverer": cover.coverer_id}
