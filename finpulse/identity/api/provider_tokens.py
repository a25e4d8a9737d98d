"""Who is meant by an access token of the identity provider."""

from __future__ import annotations

import logging
from typing import Any

from django.conf import settings
from rest_framework.exceptions import APIException

from finpulse.identity import policies
from finpulse.identity.api.signed_in import SignedIn
from finpulse.identity.api.wrong_tokens import TokenWrong
from finpulse.identity.oidc.access_tokens import access_token_claims
from finpulse.identity.oidc.asking import ProviderUnavailable
from finpulse.identity.oidc.tokens import TokenRefused
from finpulse.identity.selectors.api_tokens import user_of_subject
from finpulse.kernel.api.scopes import known_scopes

logger = logging.getLogger(__name__)

# What a script's author has to know; whatever else is wrong is the provider's or an attacker's business.
_SENTENCES = {
    "ExpiredSignatureError": "It has expired.",
    "ImmatureSignatureError": "It is not valid yet.",
    "InvalidAudienceError": "It was made for another API.",
    "InvalidIssuerError": "Another issuer made it.",
}


class ProviderAway(APIException):
    """The provider's keys cannot be had: whether the token is good cannot be said."""

    status_code = 503
    default_detail = "The identity provider does not answer, so this token cannot be checked. Try again in a minute."
    # Seconds; the answer's Retry-After.
    wait = 30


def by_provider_token(text: str) -> SignedIn:
    """Give the user of (issuer, subject), for those scopes that are ours. Nobody is made, and nobody asked.

    :raises TokenWrong: with a sentence that says why it is refused.
    :raises ProviderAway: when the provider's keys are not to be had.
    """
    try:
        claims = access_token_claims(text)
    except ProviderUnavailable as error:
        logger.warning("An access token could not be checked: %s", error)
        raise ProviderAway from error
    except TokenRefused as error:
        logger.warning("An access token was refused: %s", error)
        why = _SENTENCES.get(type(error.__cause__).__name__, "Its signature, issuer, client or form is not accepted.")
        sentence = f"This token of the identity provider was not taken. {why}"
        raise TokenWrong(sentence, cause="token of the provider") from error
    user = user_of_subject(settings.OIDC_ISSUER, str(claims["sub"]))
    if user is None:
        sentence = "FinPulse knows nobody by the subject of this token: sign in once in the console."
        raise TokenWrong(sentence, cause="subject of the token")
    verdict = policies.may_sign_in_by_api(user)
    if not verdict:
        raise TokenWrong(verdict.reason, cause="account of the token", user=user)
    return SignedIn(user, _scopes(claims), {"client": claims["client_id"]})


def _scopes(claims: dict[str, Any]) -> frozenset[str]:
    given = claims.get("scope")
    return frozenset(given.split()) & known_scopes() if isinstance(given, str) else frozenset()
