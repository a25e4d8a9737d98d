"""Sign-in by the bank's identity provider, on mozilla-django-oidc with its gaps closed."""

from __future__ import annotations

import logging
from typing import Any

import jwt
import requests
from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from mozilla_django_oidc.auth import OIDCAuthenticationBackend

from finpulse.identity.models import User
from finpulse.identity.oidc.provider import ProviderUnavailable, endpoint, signing_keys
from finpulse.identity.services import SignInRefused, user_signed_in
from finpulse.identity.session_store import PROVIDER_SESSION

logger = logging.getLogger(__name__)

ALGORITHMS = ["RS256", "ES256"]
LEEWAY_SECONDS = 30
REQUIRED = ["exp", "iat", "iss", "aud", "sub"]


class SingleSignOnBackend(OIDCAuthenticationBackend):  # type: ignore[misc]
    """Checks signature, issuer, audience, times, nonce and subject; matches users on (issuer, subject).

    What a user may do is answered by RoleAndScopeBackend alone; here every such question is No.
    """

    def __init__(self) -> None:
        # Django makes every backend for every permission question: nothing is read or fetched here.
        self.UserModel = User
        self.OIDC_RP_CLIENT_ID = settings.OIDC_RP_CLIENT_ID
        self.OIDC_RP_CLIENT_SECRET = settings.OIDC_RP_CLIENT_SECRET
        self.OIDC_RP_SIGN_ALGO = settings.OIDC_RP_SIGN_ALGO
        self.OIDC_RP_IDP_SIGN_KEY = None

    @property
    def OIDC_OP_TOKEN_ENDPOINT(self) -> str:
        """The token endpoint, under the name that the base class reads."""
        return endpoint("token_endpoint")

    @property
    def OIDC_OP_USER_ENDPOINT(self) -> str:
        """The userinfo endpoint, under the name that the base class reads."""
        return endpoint("userinfo_endpoint")

    def authenticate(self, request: Any, **kwargs: Any) -> Any:
        """Finish the code flow. Whatever the provider does wrong is a log line and no user, never an error page.

        :raises SignInRefused: when the provider vouches for someone who has no place here.
        """
        if request is None or "nonce" not in kwargs:
            return None
        try:
            return super().authenticate(request, **kwargs)
        except SignInRefused:
            raise
        except (
            ProviderUnavailable,
            SuspiciousOperation,
            jwt.PyJWTError,
            requests.RequestException,
            ValueError,
        ) as error:
            logger.warning("Sign-in failed at the identity provider: %s", type(error).__name__)
            raise SignInRefused("The sign-in did not complete at the identity provider. Please try again.") from error

    def verify_token(self, token: str, **kwargs: Any) -> dict[str, Any]:
        """Give the claims of a sound id token. :raises jwt.PyJWTError: for any other."""
        key = signing_keys(endpoint("jwks_uri")).get_signing_key_from_jwt(token)
        claims: dict[str, Any] = jwt.decode(
            token,
            key,
            algorithms=ALGORITHMS,
            audience=self.OIDC_RP_CLIENT_ID,
            issuer=endpoint("issuer"),
            leeway=LEEWAY_SECONDS,
            options={"require": REQUIRED},
        )
        if claims.get("azp", self.OIDC_RP_CLIENT_ID) != self.OIDC_RP_CLIENT_ID:
            raise SuspiciousOperation("The token was issued to another client.")
        if claims.get("nonce") != kwargs.get("nonce"):
            raise SuspiciousOperation("The token answers another sign-in.")
        return claims

    def get_or_create_user(self, access_token: str, id_token: str, payload: dict[str, Any]) -> User:
        """Give the user for the token's subject, with the roles claimed now."""
        about = self.get_userinfo(access_token, id_token, payload)
        if about.get("sub") != payload["sub"]:
            raise SuspiciousOperation("Userinfo speaks of another subject than the token.")
        user = user_signed_in(issuer=settings.OIDC_ISSUER, claims=payload | about)
        self.request.session[PROVIDER_SESSION] = {
            "provider_issuer": settings.OIDC_ISSUER,
            "provider_subject": payload["sub"],
            "provider_sid": str(payload.get("sid") or ""),
        }
        return user

    def get_userinfo(self, access_token: str, id_token: str, payload: dict[str, Any]) -> dict[str, Any]:
        """Give the provider's plain JSON about the user; a signed answer is not taken."""
        answer = requests.get(
            self.OIDC_OP_USER_ENDPOINT,
            headers={"Authorization": f"Bearer {access_token}"},
            timeout=settings.OIDC_TIMEOUT,
        )
        answer.raise_for_status()
        about: dict[str, Any] = answer.json()
        return about

    def raise_token_response_error(self, response: requests.Response) -> None:
        """Refuse a failed token request without its body, which may hold what a log must not."""
        response.raise_for_status()

    def get_user(self, user_id: int) -> User | None:
        """Give the active user with his access."""
        user: User | None = User.objects.with_access().filter(pk=user_id, is_active=True).first()
        return user

    def has_perm(self, user_obj: Any, perm: str, obj: Any = None) -> bool:
        """Leave the answer to RoleAndScopeBackend."""
        return False

    def get_all_permissions(self, user_obj: Any, obj: Any = None) -> set[str]:
        """Leave the answer to RoleAndScopeBackend."""
        return set()

    def has_module_perms(self, user_obj: Any, app_label: str) -> bool:
        """Leave the answer to RoleAndScopeBackend."""
        return False
