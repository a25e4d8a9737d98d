"""Who sees which customer, by domain.md ("Who may see what") and contracts.md ("Roles"): written down, never computed.

`WORK` is to see and, as far as the role goes, to change; `LOOK` is to see only; `NONE` is not to know that it exists.
"""

from __future__ import annotations

NONE, LOOK, WORK = "none", "look", "work"

# Towards the acting user. What each position is made of stands in world.py.
POSITIONS = (
    "own", "own_restricted",
    "covered", "covered_read_only", "covered_restricted", "covered_named", "covered_not_named",
    "covered_restricted_named", "cover_ended", "cover_to_come", "covered_by_another",
    "granted", "granted_to_work", "grant_ended", "granted_to_role", "role_grant_ended", "granted_to_another",
    "granted_to_another_role",
    "restricted", "restricted_granted",
    "same_unit", "unit_below", "other_unit", "pool", "pool_elsewhere", "manager_of_unit",
    "joint", "joint_restricted", "joint_ended", "joint_to_come", "authorised", "guarantor",
    "relative",
)  # fmt: skip

# The owner of a holding in which the acting user's own customer has the part that the position names. Who may see an
# owner or a joint owner of today sees the holding; of the other party he sees the role, no name, no link.
SHARED = ("joint", "joint_restricted", "joint_ended", "joint_to_come", "authorised", "guarantor")
SHARED_SEEN = ("joint", "joint_restricted")

_NOBODYS = dict.fromkeys(POSITIONS, NONE)

_MANAGER = _NOBODYS | {
    "own": WORK,
    "own_restricted": WORK,
    "covered": WORK,
    "covered_read_only": LOOK,
    "covered_named": WORK,
    "covered_restricted_named": WORK,
    "granted": LOOK,
    "granted_to_work": WORK,
    "granted_to_role": LOOK,
    "restricted_granted": LOOK,
}
_SUPERVISOR = _MANAGER | {"same_unit": WORK, "unit_below": WORK, "pool": WORK}
_ALL_BUT_RESTRICTED = dict.fromkeys(POSITIONS, LOOK) | {
    "restricted": NONE,
    "covered_restricted": NONE,
    "joint_restricted": NONE,
}
_ALL = dict.fromkeys(POSITIONS, LOOK)
_GRANTED_ONLY = _NOBODYS | {
    "granted": LOOK,
    "granted_to_work": WORK,
    "granted_to_role": LOOK,
    "restricted_granted": LOOK,
}


def _at(sight: dict[str, str], *positions: str) -> dict[str, str]:
    return {position: sight[position] for position in positions}


# Who acts, with the positions in which he meets a customer and what he sees of him there.
SIGHT: dict[str, dict[str, str]] = {
    "alice": _MANAGER,
    "bob": _at(_MANAGER, "own", "same_unit", "joint", "relative"),
    "charlie": _at(_MANAGER, "own", "other_unit", "covered_read_only", "relative"),
    "dana": _at(
        _SUPERVISOR, "own", "own_restricted", "covered", "covered_read_only", "covered_restricted", "cover_ended",
        "granted", "granted_to_work", "grant_ended", "restricted", "restricted_granted", "same_unit", "unit_below",
        "other_unit", "pool", "manager_of_unit", "joint", "joint_restricted",
        "relative",
    ),
    "erin": _at(
        _ALL_BUT_RESTRICTED, "own", "own_restricted", "covered_restricted", "granted_to_work", "restricted",
        "restricted_granted", "other_unit", "pool", "joint_restricted", "relative",
    ),
    "frank": _at(_ALL_BUT_RESTRICTED, "own", "granted_to_work", "restricted", "other_unit", "relative"),
    "grace": _at(_ALL, "own", "restricted", "other_unit", "pool", "relative"),
    "heidi": _at(_NOBODYS, "own", "granted_to_work", "other_unit", "relative"),
    "script": _at(
        _GRANTED_ONLY, "granted", "granted_to_work", "grant_ended", "granted_to_role", "role_grant_ended", "restricted",
        "restricted_granted", "other_unit", "pool", "joint", "relative",
    ),
    "pavel": _at(_NOBODYS, "own", "granted_to_work", "other_unit", "relative"),
    "anonymous": _at(_NOBODYS, "other_unit", "relative"),
}  # fmt: skip

# A stranger's customer to whom all the others stand in a relationship: of it is told what it is, never with whom. Were
# he restricted, it would not be told of at all (test_relations.py).
RELATIVE = "relative"

# The customer through whom the acting user has part in a shared holding.
HOME = dict.fromkeys(SIGHT, "own") | {"script": "granted_to_work", "anonymous": "other_unit"}

# What a role may do at all: `work` writes, `look` reads, "" has no part in the module.
ROLE_WITH_CUSTOMERS = {
    "alice": "work", "bob": "work", "charlie": "work", "dana": "work", "script": "work",
    "erin": "look", "frank": "look", "grace": "look",
    "heidi": "", "pavel": "",
}  # fmt: skip
# Whoever sees customers reads, and marks as read, what is told to himself; so does who proposes roles and tokens.
ROLE_WITH_MESSAGES = {name: "work" if part else "" for name, part in ROLE_WITH_CUSTOMERS.items()} | {"heidi": "work"}


def sight(username: str, position: str, model: str) -> str:
    """Give what a user sees of a row of a model that belongs to the customer in this position."""
    seen = SIGHT[username][position]
    if model == "crm.holding" and position in SHARED_SEEN and seen == NONE:
        return SIGHT[username].get(HOME[username], NONE)
    return seen
