"""What the roles may do, as a page for people."""

from __future__ import annotations

from finpulse.identity.roles import ROLES, SEES_CUSTOMERS, Reach
from finpulse.kernel.registries import role_permissions

_SEES = {
    Reach.NOTHING: "customers granted to it by name",
    Reach.OWN: "customers in his charge, those he covers while the cover lasts, those granted by name",
    Reach.UNIT: "the same, and customers whose managing unit lies in his unit's subtree, restricted ones excepted",
    Reach.ALL: "every customer that is not restricted",
    Reach.ALL_AND_RESTRICTED: "every customer",
}
_HEAD = """# Roles and permissions

Written by `python manage.py role_table > docs/development/permissions.md` from what the apps declare in their
`permissions.py`; a test holds this page to it. A role says which features somebody may use at all; on which rows is the
scope's answer (`crm/querysets.py`), and both are asked wherever a row is shown or changed.
"""


def role_table() -> str:
    """Give the page: how far each role sees, and a table of role by permission."""
    held = {name: {one for part in role_permissions for one in part.get(name, ())} for name in ROLES}
    reach = [f"| {role.label} | `{name}` | {sees_in_words(name)} |" for name, role in ROLES.items()]
    permissions = sorted(set().union(*held.values()))
    rows = [f"| `{one}` | {' | '.join('yes' if one in held[name] else '' for name in ROLES)} |" for one in permissions]
    parts = [
        _HEAD,
        "| role | group | sees |\n| --- | --- | --- |\n" + "\n".join(reach),
        f"\n| permission | {' | '.join(role.label for role in ROLES.values())} |\n| --- |{' --- |' * len(ROLES)}",
        "\n".join(rows),
    ]
    return "\n".join(parts) + "\n"


def sees_in_words(name: str) -> str:
    """Say whom a role sees."""
    return _SEES[ROLES[name].reach] if name in SEES_CUSTOMERS else "no customers"
