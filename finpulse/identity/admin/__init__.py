"""People, units, covers, sign-ins, tokens and role mappings in the console."""

from finpulse.identity.admin.api_token import ApiTokenAdmin
from finpulse.identity.admin.claim_mapping import ClaimMappingAdmin
from finpulse.identity.admin.sign_in_attempt import SignInAttemptAdmin
from finpulse.identity.admin.unit import UnitAdmin
from finpulse.identity.admin.user import UserAdmin

__all__ = ["ApiTokenAdmin", "ClaimMappingAdmin", "SignInAttemptAdmin", "UnitAdmin", "UserAdmin"]
