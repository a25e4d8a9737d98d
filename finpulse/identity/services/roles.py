"""Roles as Django groups."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib.auth.models import Group, Permission
from django.db import transaction
from django.db.models import F, Value
from django.db.models.functions import Concat

from finpulse.audit.services import record
from finpulse.identity.models import RoleChange, User
from finpulse.identity.role_limits import declared
from finpulse.identity.roles import KEEPS_INTEGRATIONS, ROLES, conflict
from finpulse.identity.services.api_token_ends import api_tokens_kept_end
from finpulse.identity.services.leaving import user_leave
from finpulse.identity.signals import roles_changed
from finpulse.kernel.errors import DomainError


class UserSetRolesRefused(DomainError):
    """These roles cannot be held together, or are unknown."""


@transaction.atomic
def roles_sync() -> None:
    """Make one group per role, holding what the apps declare for it and administrators have changed of that.

    What is not yet made waits for the next call.
    """
    for name in ROLES:
        group, _ = Group.objects.get_or_create(name=name)
        role_write(group=group)


def role_write(*, group: Group) -> None:
    """Have a role's group hold what the code declares, with the changes made to it."""
    changes = dict(RoleChange.objects.filter(role=group.name).values_list("permission", "held"))
    wanted = declared(group.name) | {name for name, held in changes.items() if held}
    wanted -= {name for name, held in changes.items() if not held}
    in_full = Concat(F("content_type__app_label"), Value("."), F("codename"))
    group.permissions.set(Permission.objects.annotate(in_full=in_full).filter(in_full__in=wanted))


@transaction.atomic
def user_set_roles(*, user: User, names: Iterable[str], actor: Any, reason: str) -> User:
    """Give the user exactly these roles.

    :raises UserSetRolesRefused: for an unknown role or a combination that defeats dual control.
    """
    wanted = frozenset(names)
    if unknown := sorted(wanted - set(ROLES)):
        raise UserSetRolesRefused(f"There is no role {', '.join(unknown)}.")
    if refusal := conflict(wanted):
        raise UserSetRolesRefused(refusal)
    user = User.objects.select_for_update().get(pk=user.pk)
    before = frozenset(user.groups.values_list("name", flat=True))
    if before == wanted and user.is_staff == bool(wanted):
        return user
    user.groups.set(Group.objects.filter(name__in=wanted))
    User.objects.filter(pk=user.pk).update(is_staff=bool(wanted))
    detail = {"before": sorted(before), "after": sorted(wanted)}
    record("identity.user.roles_set", actor=actor, subject=user, reason=reason, detail=detail)
    user = User.objects.with_access().get(pk=user.pk)
    if not wanted:
        user_leave(user=user, actor=actor, reason=reason)
    elif not wanted & KEEPS_INTEGRATIONS:
        api_tokens_kept_end(keeper=user, actor=actor)
    roles_changed.send(sender=User, user=user, actor=actor)
    return user
