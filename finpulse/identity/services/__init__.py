"""What is done with people, their sign-ins, units and roles."""

from finpulse.identity.services.attempts import (
    SignInHeld,
    attempt_begin,
    attempt_record,
    attempt_settle,
    name_mark,
)
from finpulse.identity.services.break_glass import BreakGlassOpenRefused, break_glass_is_on, break_glass_open
from finpulse.identity.services.claim_mappings import (
    ClaimMappingSetRefused,
    claim_mapping_begin,
    claim_mapping_propose,
    claim_mapping_set,
)
from finpulse.identity.services.claimed import ClaimsReadRefused
from finpulse.identity.services.confirming import refresh_token_keep, sign_in_ask, sign_in_confirmed
from finpulse.identity.services.covers import CoverEndRefused, CoverGiveRefused, cover_end, cover_give, cover_say_named
from finpulse.identity.services.ending import SessionEndRefused, session_end, sessions_end_of
from finpulse.identity.services.forgetting import sign_ins_forget
from finpulse.identity.services.leaving import UserDeactivateRefused, user_deactivate
from finpulse.identity.services.officers import officer_code_set
from finpulse.identity.services.provider_logout import ProviderLogoutRefused, provider_logout_follow
from finpulse.identity.services.returning import UserReactivateRefused, user_reactivate
from finpulse.identity.services.roles import roles_sync, user_set_roles
from finpulse.identity.services.sessions import (
    ProviderSession,
    sign_in_end,
    sign_in_rekey,
    sign_in_start,
    sign_in_touch,
    sign_ins_end,
    sign_ins_expire,
)
from finpulse.identity.services.sign_in import SignInRefused, user_bind_sign_in, user_signed_in
from finpulse.identity.services.units import UnitPlaceRefused, unit_place

__all__ = [
    "BreakGlassOpenRefused",
    "ClaimMappingSetRefused",
    "ClaimsReadRefused",
    "CoverEndRefused",
    "CoverGiveRefused",
    "ProviderLogoutRefused",
    "ProviderSession",
    "SessionEndRefused",
    "SignInHeld",
    "SignInRefused",
    "UnitPlaceRefused",
    "UserDeactivateRefused",
    "UserReactivateRefused",
    "attempt_begin",
    "attempt_record",
    "attempt_settle",
    "attempts_prune",
    "break_glass_is_on",
    "break_glass_open",
    "claim_mapping_begin",
    "claim_mapping_propose",
    "claim_mapping_set",
    "cover_end",
    "cover_give",
    "cover_say_named",
    "name_mark",
    "officer_code_set",
    "provider_logout_follow",
    "refresh_token_keep",
    "roles_sync",
    "session_end",
    "sessions_end_of",
    "sign_in_ask",
    "sign_in_confirmed",
    "sign_in_end",
    "sign_in_rekey",
    "sign_in_start",
    "sign_in_touch",
    "sign_ins_end",
    "sign_ins_expire",
    "sign_ins_forget",
    "unit_place",
    "user_bind_sign_in",
    "user_deactivate",
    "user_reactivate",
    "user_set_roles",
    "user_signed_in",
]
