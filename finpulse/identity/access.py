"""A user's roles and reach, read in one query with the user himself."""

from __future__ import annotations

from dataclasses import dataclass

from finpulse.identity.roles import ROLES, Reach

_ORDER = list(Reach)


@dataclass(frozen=True)
class Access:
    """What a user may do and how far he sees, as of this request. Ids are primary keys."""

    roles: frozenset[str]
    permissions: frozenset[str]
    unit_ids: tuple[int, ...]
    covered_ids: tuple[int, ...]
    covered_editable_ids: tuple[int, ...]
    has_grants: bool
    has_charge: bool

    @property
    def reach(self) -> Reach:
        """The farthest reach of any of his roles."""
        reaches = [ROLES[name].reach for name in self.roles if name in ROLES]
        return max(reaches, key=_ORDER.index, default=Reach.NOTHING)


NO_ACCESS = Access(frozenset(), frozenset(), (), (), (), has_grants=False, has_charge=False)
