"""The one client that the demo provider knows: this checkout's FinPulse."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from oidc_provider_mock._storage import Client, ClientAllowAny

CLIENT_ID = "finpulse-local"
LOOPBACK = ("127.0.0.1", "localhost", "::1")


@dataclass(kw_only=True, frozen=True)
class LoopbackClient(Client):  # type: ignore[misc]
    """A client with a secret that may be sent back to any port of this machine, and nowhere else."""

    def check_redirect_uri(self, redirect_uri: str) -> bool:
        """Tell whether a sign-in may end at this address."""
        parts = urlsplit(redirect_uri)
        return parts.scheme == "http" and parts.hostname in LOOPBACK


def finpulse(secret: str) -> LoopbackClient:
    """Give FinPulse as a client."""
    return LoopbackClient(
        id=CLIENT_ID,
        secret=secret,
        redirect_uris=(),
        allowed_scopes=Client.SCOPES_SUPPORTED,
        token_endpoint_auth_method=ClientAllowAny(),
    )
