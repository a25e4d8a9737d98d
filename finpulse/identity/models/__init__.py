"""People, where they are signed in, the bank's tree of units, who stands in for whom, and the tokens of scripts."""

from finpulse.identity.models.api_token import ApiToken
from finpulse.identity.models.claim import ClaimKind, ClaimMapping, ClaimSeen
from finpulse.identity.models.cover import Cover
from finpulse.identity.models.officer_code import OfficerCode
from finpulse.identity.models.role import Role
from finpulse.identity.models.role_change import RoleChange
from finpulse.identity.models.sign_in_attempt import SignInAttempt
from finpulse.identity.models.sign_in_session import SignInSession
from finpulse.identity.models.unit import Unit
from finpulse.identity.models.used_code import UsedCode
from finpulse.identity.models.used_logout_token import UsedLogoutToken
from finpulse.identity.models.user import User

__all__ = [
    "ApiToken",
    "ClaimKind",
    "ClaimMapping",
    "ClaimSeen",
    "Cover",
    "OfficerCode",
    "Role",
    "RoleChange",
    "SignInAttempt",
    "SignInSession",
    "Unit",
    "UsedCode",
    "UsedLogoutToken",
    "User",
]
