"""A user's roles and reach, read in one query with the user himself."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from finpulse.identity.roles import ROLES, Reach
from finpulse.identity.standing_in import StandIn

_ORDER = list(Reach)


@dataclass(frozen=True)
class Access:
    """What a user may do and how far he sees, as of this request. Ids are primary keys.

    `held` are pairs of a role and a permission ("app.verb_model") that it brings.
    """

    roles: frozenset[str]
    held: frozenset[tuple[str, str]]
    unit_ids: tuple[int, ...]
    covers: tuple[StandIn, ...]
    has_grants: bool
    has_charge: bool

    @cached_property
    def permissions(self) -> frozenset[str]:
        """What any of his roles lets him do."""
        return frozenset(permission for _, permission in self.held)

    @property
    def reach(self) -> Reach:
        """The farthest reach of any of his roles."""
        return _farthest(self.roles)

    def reach_with(self, permission: str) -> Reach:
        """Give the farthest reach of those roles that bring the permission: none lends its reach to another's verbs."""
        return _farthest(role for role, brought in self.held if brought == permission)

    def covers_with(self, permission: str, *, changing: bool = False) -> tuple[StandIn, ...]:
        """Give the running covers that lend this verb."""
        return tuple(cover for cover in self.covers if cover.lends(permission, changing=changing))


def _farthest(roles: Iterable[str]) -> Reach:
    return max((ROLES[name].reach for name in roles if name in ROLES), key=_ORDER.index, default=Reach.NOTHING)


NO_ACCESS = Access(frozenset(), frozenset(), (), (), has_grants=False, has_charge=False)
