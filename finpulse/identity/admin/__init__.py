"""People, units, covers and tokens in the console."""

from finpulse.identity.admin.api_token import ApiTokenAdmin
from finpulse.identity.admin.unit import UnitAdmin
from finpulse.identity.admin.user import UserAdmin

__all__ = ["ApiTokenAdmin", "UnitAdmin", "UserAdmin"]
