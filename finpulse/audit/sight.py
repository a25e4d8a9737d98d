"""How far somebody reads the trail, and what of an event he may read."""

from __future__ import annotations

import re
from typing import Any

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

_CODE = re.compile(r"[A-Za-z_]*")


def sees_all(user: Any) -> bool:
    """Tell whether his role reads the trail and sees every customer, restricted ones included."""
    return bool(user.access.reach_with(READ) == "ALL_AND_RESTRICTED")


def is_open(user: Any) -> bool:
    """Tell whether his role reads the trail of customers at all."""
    return user.access.reach_with(READ) in ("ALL", "ALL_AND_RESTRICTED")


def shown_detail(event: Any, user: Any) -> dict[str, Any]:
    """Give of an event's detail what the user may read.

    Keys of rows may be those of a restricted customer, and so may be what a search has found: who does not see all
    reads the names of filters without keys, and a search without its count.
    """
    detail: dict[str, Any] = event.detail
    if sees_all(user):
        return detail
    shown = {name: value for name, value in detail.items() if name in _PLAIN}
    if event.verb.endswith(".searched"):
        shown = {name: value for name, value in shown.items() if name not in ("count", "more")}
    if isinstance(filters := detail.get("filters"), dict):
        shown["filters"] = {name: value if _CODE.fullmatch(str(value)) else "…" for name, value in filters.items()}
    return shown
