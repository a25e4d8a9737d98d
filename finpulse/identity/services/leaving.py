"""What ends here with somebody who leaves."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone

from finpulse.audit.services import record, record_many
from finpulse.identity import policies
from finpulse.identity.models import Cover, SignInSession, User
from finpulse.identity.services.api_token_ends import DEACTIVATED, NO_ROLE, api_tokens_end
from finpulse.identity.services.sessions import sign_ins_end
from finpulse.identity.signals import user_left
from finpulse.kernel.errors import DomainError
from finpulse.kernel.proposals.making import proposals_withdraw_of


class UserDeactivateRefused(DomainError):
    """The account is not the actor's to deactivate."""


@transaction.atomic
def user_deactivate(*, user: User, actor: User, reason: str) -> User:
    """Close an account: out at the next request, with all that `user_leave` ends. A second time nothing is done.

    :raises UserDeactivateRefused: with a sentence fit for the screen.
    """
    user = User.objects.select_for_update().get(pk=user.pk)
    verdict = policies.may_deactivate(actor, user)
    if not verdict:
        raise UserDeactivateRefused(verdict.reason)
    if not reason.strip():
        raise UserDeactivateRefused("Say why: the reason is kept.")
    if not user.is_active:
        return user
    User.objects.filter(pk=user.pk).update(is_active=False)
    user.is_active = False
    record("identity.user.deactivated", actor=actor, subject=user, reason=reason.strip())
    sign_ins_end(user=user, reason=SignInSession.EndReason.DEACTIVATED, actor=actor, now=timezone.now())
    user_leave(user=user, actor=actor, reason=reason.strip())
    return user


@transaction.atomic
def user_leave(*, user: User, actor: Any, reason: str) -> None:
    """End what somebody without an account or a role has no part in: tokens, covers that he stands in, his proposals.

    The apps above hear of it. A cover for his own customers goes on: it bridges until a colleague has them.
    """
    proposals_withdraw_of(proposer=user, actor=actor, reason="Who proposed it has left.")
    api_tokens_end(user=user, actor=actor, why=NO_ROLE if user.is_active else DEACTIVATED)
    _end_covers(user, actor)
    user_left.send(sender=User, user=user, actor=actor, reason=reason)


def _end_covers(user: User, actor: Any) -> None:
    now = timezone.now()
    covers = Cover.objects.select_for_update().filter(coverer=user, ends_at__gt=now)
    details = {cover.pk: {"covered": cover.covered_id, "coverer": user.pk} for cover in covers.order_by("pk")}
    record_many("identity.cover.ended", actor=actor, subject_type="identity.cover", details=details)
    # One that has not begun would end before it starts: it is called off.
    Cover.objects.filter(pk__in=details, starts_at__gte=now).delete()
    Cover.objects.filter(pk__in=details).update(ends_at=now)
