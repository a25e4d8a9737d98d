"""A role as a row: the Django group of its name."""

from __future__ import annotations

from django.contrib.auth.models import Group

from finpulse.identity.roles import ROLES


class Role(Group):
    """The group that holds what a role lets people do."""

    class Meta:
        proxy = True

    def __str__(self) -> str:
        return ROLES[self.name].label if self.name in ROLES else self.name
