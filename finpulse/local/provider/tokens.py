"""Identity tokens that name their key, as a client that follows key rotation needs and the library leaves out."""

from datetime import timedelta

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


def name_the_key() -> None:
    """Register the grants anew with that header; to be called within a request."""
    server = flask.g._authlib_authorization_server
    server._authorization_grants.clear()
    server._token_grants.clear()
    server.register_grant(AuthorizationCodeGrant, [KeyedOpenIDCode(require_nonce=False, token_max_age=MAX_AGE)])
    server.register_grant(RefreshTokenGrant)
