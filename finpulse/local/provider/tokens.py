"""What a client needs and the library leaves out: identity tokens that name their key, and tokens to ask again with."""

from datetime import timedelta
from typing import ClassVar

import flask
from oidc_provider_mock._app import AuthorizationCodeGrant, OpenIDCode, RefreshTokenGrant
from oidc_provider_mock._storage import Client, storage

MAX_AGE = timedelta(hours=1)


class KeyedOpenIDCode(OpenIDCode):  # type: ignore[misc]
    """OpenID Connect on the code flow, with the key's id in the token's header."""

    def get_encode_header(self, client: Client) -> dict[str, str]:
        """Give the header: the algorithm and the id under which /jwks publishes the key."""
        header: dict[str, str] = super().get_encode_header(client)
        return header | {"kid": storage.jwk.thumbprint()}


class PostedRefreshTokenGrant(RefreshTokenGrant):  # type: ignore[misc]  # Authlib has no types
    """A refresh token that is taken with the client's secret in the form, as a code is."""

    TOKEN_ENDPOINT_AUTH_METHODS: ClassVar[list[str]] = ["client_secret_post"]


def name_the_key() -> None:
    """Register the grants anew so; to be called within a request."""
    server = flask.g._authlib_authorization_server
    server._authorization_grants.clear()
    server._token_grants.clear()
    server.register_grant(AuthorizationCodeGrant, [KeyedOpenIDCode(require_nonce=False, token_max_age=MAX_AGE)])
    server.register_grant(PostedRefreshTokenGrant)
