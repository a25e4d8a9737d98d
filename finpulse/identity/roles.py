"""The roles of the bank and how far each sees."""

from dataclasses import dataclass
from enum import StrEnum


class Reach(StrEnum):
    """How far a role sees beyond customers in the user's own charge, those he covers and personal grants."""

    NOTHING = "NOTHING"
    OWN = "OWN"
    UNIT = "UNIT"
    ALL = "ALL"
    ALL_AND_RESTRICTED = "ALL_AND_RESTRICTED"


@dataclass(frozen=True)
class Role:
    """A Django group by name, worded for the screen."""

    name: str
    label: str
    reach: Reach


ROLES = {
    role.name: role
    for role in (
        Role("customer_manager", "Customer manager", Reach.OWN),
        Role("supervisor", "Supervisor", Reach.UNIT),
        Role("administrator", "Administrator", Reach.ALL),
        Role("product_administrator", "Product administrator", Reach.NOTHING),
        Role("system_administrator", "System administrator", Reach.NOTHING),
        Role("compliance", "Compliance", Reach.ALL_AND_RESTRICTED),
        Role("auditor", "Auditor", Reach.ALL),
        Role("integration", "Integration", Reach.NOTHING),
    )
}

# Dual control would be hollow if who hands out roles could also see customers (domain.md).
SEES_CUSTOMERS = frozenset(ROLES) - {"product_administrator", "system_administrator"}
# Who may have customers in charge.
IN_CHARGE = frozenset({"customer_manager", "supervisor"})

# Whoever answers for an integration holds a secret that reads its customers: a person whose own role sees some.
KEEPS_INTEGRATIONS = SEES_CUSTOMERS - {"integration"}


def conflict(names: frozenset[str]) -> str:
    """Give why these roles may not be combined, or "" when they may."""
    seeing = sorted(names & SEES_CUSTOMERS)
    if "system_administrator" in names and seeing:
        return f"system_administrator may not be combined with {', '.join(seeing)}: who gives access must not have it."
    return ""
