"""Sign-in by the bank's identity provider, on mozilla-django-oidc with its gaps closed."""

from __future__ import annotations

import logging
from typing import Any

from django.conf import settings
from mozilla_django_oidc.auth import OIDCAuthenticationBackend

from finpulse.identity.models import User
from finpulse.identity.oidc.asking import ProviderUnavailable, ask
from finpulse.identity.oidc.person import refresh_token_of, userinfo
from finpulse.identity.oidc.provider import endpoint
from finpulse.identity.oidc.tokens import TokenRefused, id_token_claims
from finpulse.identity.services import SignInRefused, user_signed_in
from finpulse.kernel.errors import DomainError

logger = logging.getLogger(__name__)


class SingleSignOnBackend(OIDCAuthenticationBackend):  # type: ignore[misc]  # the package has no types
    """Checks signature, issuer, audience, times, nonce and subject; matches users on (issuer, subject).

    What a user may do is answered by RoleAndScopeBackend alone; here every such question is No.
    """

    def __init__(self) -> None:
        # Django makes every backend for every permission question: nothing is read or fetched here.
        self.UserModel = User
        self.OIDC_RP_CLIENT_ID = settings.OIDC_RP_CLIENT_ID
        self.OIDC_RP_CLIENT_SECRET = settings.OIDC_RP_CLIENT_SECRET

    def authenticate(self, request: Any, **kwargs: Any) -> Any:
        """Finish the code flow. Whatever the provider does wrong is one log line and a sentence, never an error page.

        :raises DomainError: with that sentence; also when the provider vouches for someone who has no place here.
        """
        if request is None or "nonce" not in kwargs:
            return None
        try:
            return super().authenticate(request, **kwargs)
        except (ProviderUnavailable, TokenRefused) as error:
            logger.warning("Sign-in failed: %s", error)
            raise SignInRefused(
                "The sign-in did not complete at the identity provider. Please try again in a minute."
            ) from error
        except DomainError as refusal:
            logger.warning("Sign-in refused: %s", refusal)
            raise

    def get_token(self, payload: dict[str, Any]) -> dict[str, Any]:
        """Give what the token endpoint answers to a code and its verifier."""
        answer = ask("POST", endpoint("token_endpoint"), what="token endpoint", data=payload)
        self.request.provider_refresh_token = refresh_token_of(answer)
        return answer

    def verify_token(self, token: object, **kwargs: Any) -> dict[str, Any]:
        """Give the claims of a sound id token."""
        return id_token_claims(token, nonce=kwargs["nonce"])

    def store_tokens(self, access_token: str, id_token: str) -> None:
        """Keep the id token for the session to come: the one of this request may be anybody's."""
        self.request.provider_id_token = id_token

    def get_or_create_user(self, access_token: str, id_token: str, payload: dict[str, Any]) -> User:
        """Give the user for the token's subject, with the roles claimed now."""
        about = self.get_userinfo(access_token, id_token, payload)
        self.request.provider_session = {
            "provider_issuer": settings.OIDC_ISSUER,
            "provider_subject": payload["sub"],
            "provider_sid": payload.get("sid", ""),
        }
        return user_signed_in(issuer=settings.OIDC_ISSUER, claims=payload | about)

    def get_userinfo(self, access_token: str, id_token: str, payload: dict[str, Any]) -> dict[str, Any]:
        """Give the provider's plain JSON about the user; a signed answer is not taken."""
        return userinfo(access_token, subject=payload["sub"])

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
