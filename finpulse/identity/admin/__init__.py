"""People, units and covers in the console."""

from finpulse.identity.admin.unit import UnitAdmin
from finpulse.identity.admin.user import UserAdmin

__all__ = ["UnitAdmin", "UserAdmin"]
