"""Opening the account of somebody who comes back."""

from __future__ import annotations

from django.db import transaction

from finpulse.audit.services import record
from finpulse.identity import policies
from finpulse.identity.models import User
from finpulse.identity.services.roles import user_set_roles
from finpulse.kernel.errors import DomainError


class UserReactivateRefused(DomainError):
    """The account is not the actor's to open again."""


@transaction.atomic
def user_reactivate(*, user: User, actor: User, reason: str) -> User:
    """Open a closed account again, with nothing of what it had. A second time nothing is done.

    Roles go as well: only the mappings that two people agreed on give them, at the next sign-in.

    :raises UserReactivateRefused: with a sentence fit for the screen.
    """
    user = User.objects.select_for_update().get(pk=user.pk)
    verdict = policies.may_reactivate(actor, user)
    if not verdict:
        raise UserReactivateRefused(verdict.reason)
    if not reason.strip():
        raise UserReactivateRefused("Say why: the reason is kept.")
    if user.is_active:
        return user
    User.objects.filter(pk=user.pk).update(is_active=True)
    record("identity.user.reactivated", actor=actor, subject=user, reason=reason.strip())
    return user_set_roles(user=user, names=(), actor=actor, reason=reason.strip())
