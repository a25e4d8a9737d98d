"""How far somebody reads the trail, and what of an event he may read."""

from __future__ import annotations

import re
from typing import Any

from django.db.models import Q

from finpulse.kernel.proposals.kinds import proposal_kinds

READ = "audit.view_auditevent"
# Models by whose events a system administrator answers for people and access: none of them names a customer.
administration: set[str] = set()
# Scoped models whose keys lead to no customer: their events are for whoever reads the trail of customers.
nameless: set[str] = set()
# What of a detail names no customer, whoever reads it; the rest is for those who see every customer.
_PLAIN = frozenset(
    (
        *("by", "reach", "role", "cover", "for", "grant", "role_grant", "token", "surface", "place", "cards"),
        *(
            "columns",
            "channel",
            "kind",
            "name",
            "names",
            "why",
            "attempt",
            "attempts",
            "editable",
            "until_at",
            "roles",
            "issuer",
            "method",
            "client",
            "scopes",
            "why",
            "offered_to",
            "expires_at",
        ),
        *("parent", "unit", "manager", "user", "coverer", "covered", "starts_at", "ends_at", "read_only", "today"),
        *("before", "after", "added", "removed", "sign_in", "identifier", "form", "count", "more", "search", "length"),
        *("task", "interaction", "reveal", "bulk", "difference", "due_on", "from", "to", "column"),
    )
)

_LOOKS_AT_MANY = (".searched", ".listed", ".opened", ".viewed")
_HOW_MANY = frozenset({"count", "more", "cards"})

_CODE = re.compile(r"[A-Za-z_]*")


def sees_all(user: Any) -> bool:
    """Tell whether his role reads the trail and sees every customer, restricted ones included."""
    return bool(user.access.reach_with(READ) == "ALL_AND_RESTRICTED")


def is_open(user: Any) -> bool:
    """Tell whether his role reads the trail of customers at all."""
    return user.access.reach_with(READ) in ("ALL", "ALL_AND_RESTRICTED")


def kept_back() -> Q:
    """Give the condition of events that only who sees every customer reads: that a flag is proposed is the secret."""
    secret = [name for name, kind in proposal_kinds.items() if kind.is_secret]
    return Q(verb__startswith="kernel.proposal.", detail__kind__in=secret)


def shown_detail(event: Any, user: Any) -> dict[str, Any]:
    """Give of an event's detail what the user may read.

    Keys of rows may be those of a restricted customer, and he may be among what a list or a search has found: who does
    not see all reads the names of filters without keys, and a look at many without how many.
    """
    detail: dict[str, Any] = event.detail
    if sees_all(user):
        return detail
    shown = {name: value for name, value in detail.items() if name in _PLAIN and not _tells_how_many(event.verb, name)}
    if shown.get("surface") == "restricted":
        del shown["surface"]
    if isinstance(filters := detail.get("filters"), dict):
        shown["filters"] = {name: value if _CODE.fullmatch(str(value)) else "…" for name, value in filters.items()}
    return shown


def _tells_how_many(verb: str, name: str) -> bool:
    return name in _HOW_MANY and verb.endswith(_LOOKS_AT_MANY)
