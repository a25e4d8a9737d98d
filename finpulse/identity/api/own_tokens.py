"""Who bears an API token of FinPulse's own."""

from __future__ import annotations

import logging
from datetime import datetime

from django.utils import timezone

from finpulse.identity import policies
from finpulse.identity.api.signed_in import SignedIn
from finpulse.identity.api.wrong_tokens import TokenWrong
from finpulse.identity.selectors.api_tokens import Bearer, bearer_of
from finpulse.identity.services.api_token_ends import DEACTIVATED, NO_ROLE, api_tokens_end
from finpulse.identity.services.api_tokens import USE_NOTED, api_token_used
from finpulse.identity.token_secret import digest_of

logger = logging.getLogger(__name__)


def by_own_token(text: str, address: str | None) -> SignedIn:
    """Give its owner, and note its use. :raises TokenWrong: with a sentence that says why it is refused."""
    digest, now = digest_of(text), timezone.now()
    if not digest:
        raise TokenWrong("This is no FinPulse API token: it may be cut off or mistyped.", cause="token malformed")
    bearer = bearer_of(digest)
    if bearer is None:
        raise TokenWrong("FinPulse does not know this token.", cause="token unknown")
    verdict = policies.may_sign_in_by_token(bearer, now=now)
    if not verdict:
        logger.warning("API token %s was refused: %s", bearer.id, verdict.reason)
        if not policies.may_sign_in_by_api(bearer.user):
            # He may come back before the clock has ended them: they do not.
            why = NO_ROLE if bearer.user.is_active else DEACTIVATED
            api_tokens_end(user=bearer.user, actor=None, why=why)
        raise TokenWrong(verdict.reason, cause=_cause(bearer, now), user=bearer.user)
    if bearer.last_used_at is None or bearer.last_used_at <= now - USE_NOTED:
        api_token_used(token_id=bearer.id, address=address, now=now)
    return SignedIn(bearer.user, bearer.scopes, {"token": bearer.id})


def _cause(bearer: Bearer, now: datetime) -> str:
    if bearer.revoked_at is not None:
        return "token revoked"
    return "token expired" if bearer.expires_at <= now else "account of the token"
