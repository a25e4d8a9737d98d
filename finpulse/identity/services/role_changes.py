"""Bending a role within its limits."""

from __future__ import annotations

from django.contrib.auth.models import Group
from django.db import transaction

from finpulse.audit.services import record
from finpulse.identity import policies
from finpulse.identity.models import RoleChange, User
from finpulse.identity.role_limits import declared
from finpulse.identity.services.roles import role_write
from finpulse.kernel.errors import DomainError


class RoleChangeRefused(DomainError):
    """This role may not be changed so, or not by this actor."""


@transaction.atomic
def role_change(*, role: Group, permission: str, held: bool, actor: User, reason: str) -> None:
    """Have a role hold a permission or lack it, from now on and after each migration; as by the code, no change stays.

    :raises RoleChangeRefused: with a sentence fit for the screen.
    """
    group = Group.objects.select_for_update().get(pk=role.pk)
    verdict = policies.may_change_role(actor, group.name, permission, held=held)
    if not verdict:
        raise RoleChangeRefused(verdict.reason)
    changes = RoleChange.objects.filter(role=group.name, permission=permission)
    if (permission in declared(group.name)) is held:
        changes.delete()
    else:
        facts = {"held": held, "made_by": actor, "reason": reason}
        RoleChange.objects.update_or_create(role=group.name, permission=permission, defaults=facts)
    role_write(group=group)
    verb = "identity.role.permission_added" if held else "identity.role.permission_removed"
    record(verb, actor=actor, subject=group, reason=reason, detail={"role": group.name, "permission": permission})
