"""What opens a customer to somebody by name."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from crm.models import Customer, CustomerUserObjectPermission
from finpulse.identity.models import User
from finpulse.kernel.access.grants import in_force
from finpulse.kernel.templatetags.finpulse import last_day


@dataclass(frozen=True)
class Standing:
    """What a user was given of a customer and still has: the grant to look, and whether one to work stands beside."""

    grant: CustomerUserObjectPermission
    editable: bool

    @property
    def mark(self) -> str:
        """Tell this giving from any other."""
        return self.grant.granted_at.isoformat()

    def says(self, until_at: datetime, editable: bool, reason: str) -> bool:
        """Tell whether this is what is to be given."""
        return (self.grant.until_at, self.editable, self.grant.reason) == (until_at, editable, reason)

    def facts(self) -> dict[str, Any]:
        """Tell it to the trail."""
        until_at = self.grant.until_at
        return {"editable": self.editable, "until_at": until_at.isoformat() if until_at else None}

    def in_words(self) -> str:
        """Say how far, until when, by whom and why."""
        how, grant = "to work" if self.editable else "to look", self.grant
        return f"{how} until {last_day(grant.until_at)}, by {grant.granted_by}: “{grant.reason}”"


def grant_standing(customer: Customer, user: User) -> Standing | None:
    """Give what is in force of what this user was given, or None."""
    rows = {row.permission.codename: row for row in grants_open(customer, user).select_related("permission", "user")}
    grant = rows.get("view_customer")
    return Standing(grant, "change_customer" in rows) if grant else None


def grants_open(customer: Customer, user: User) -> QuerySet[CustomerUserObjectPermission]:
    """Give the grants in force that open a customer to a user: one to look, one to work."""
    rows: QuerySet[CustomerUserObjectPermission] = CustomerUserObjectPermission.objects.filter(
        in_force(), content_object=customer, user=user
    )
    return rows
