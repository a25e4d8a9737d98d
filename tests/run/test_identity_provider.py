"""The demo sign-in provider, spoken to as FinPulse and a browser speak to it."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import jwt
import pytest
import requests

from finpulse.identity.demo_accounts import DEMO_ACCOUNTS
from tests.run.checkout import Checkout
from tests.services.wait import until

CALLBACK = "http://127.0.0.1:8000/oidc/callback/"
QUESTION = {
    "client_id": "finpulse-local",
    "redirect_uri": CALLBACK,
    "response_type": "code",
    "scope": "openid email profile",
    "state": "here",
    "nonce": "once",
}


@pytest.fixture(scope="module")
def provider(checkout: Checkout) -> Iterator[dict[str, Any]]:
    """Give what the provider says of itself."""
    checkout.run("-c", "from finpulse.local import addresses as a; a.issuer_url(); a.secret('oidc_client')")
    process = checkout.start("-m", "finpulse.local.identity_provider")
    issuer = f"http://127.0.0.1:{checkout.state()['ports']['issuer']}"
    yield until(lambda: _discover(issuer), "the provider answers")
    process.terminate()
    process.communicate(timeout=10)


def test_every_account_is_one_click(provider: dict[str, Any]) -> None:
    page = requests.get(provider["authorization_endpoint"], params=QUESTION, timeout=5)

    assert page.status_code == 200
    for account in DEMO_ACCOUNTS:
        assert f'name="sub" value="{account.username}"' in page.text
        assert account.full_name in page.text
    assert "https://" not in page.text


def test_the_token_is_signed_and_vouches_for_roles_and_unit(provider: dict[str, Any], checkout: Checkout) -> None:
    answer = _exchange(provider, _click(provider, "dana"), checkout.state()["secrets"]["oidc_client"])
    token = answer.json()["id_token"]
    key = jwt.PyJWKClient(provider["jwks_uri"]).get_signing_key_from_jwt(token)

    claims = jwt.decode(token, key, algorithms=["RS256"], audience="finpulse-local", issuer=provider["issuer"])

    assert claims["sub"] == claims["preferred_username"] == "dana"
    assert claims["name"] == "Dana North"
    assert claims["email"] == "dana@finpulse.example"
    assert claims["email_verified"] is True
    assert (claims["roles"], claims["unit"], claims["nonce"]) == (["supervisor"], "NORTH", "once")


def test_a_wrong_secret_gets_no_token(provider: dict[str, Any]) -> None:
    assert _exchange(provider, _click(provider, "dana"), "guessed").status_code == 401


@pytest.mark.parametrize("change", [{"redirect_uri": "http://elsewhere.example/"}, {"client_id": "another"}])
def test_another_client_or_address_is_refused(provider: dict[str, Any], change: dict[str, str]) -> None:
    answer = requests.get(provider["authorization_endpoint"], params=QUESTION | change, timeout=5)

    assert answer.status_code == 400


def _discover(issuer: str) -> dict[str, Any] | None:
    try:
        document: dict[str, Any] = requests.get(f"{issuer}/.well-known/openid-configuration", timeout=5).json()
    except requests.ConnectionError:
        return None
    assert document["issuer"] == issuer
    return document


def _click(provider: dict[str, Any], username: str) -> str:
    """Choose an account; give the code with which the browser is sent back."""
    answer = requests.post(
        provider["authorization_endpoint"],
        params=QUESTION,
        data={"sub": username},
        allow_redirects=False,
        timeout=5,
    )
    location = urlsplit(answer.headers["Location"])
    assert location._replace(query="").geturl() == CALLBACK
    return parse_qs(location.query)["code"][0]


def _exchange(provider: dict[str, Any], code: str, secret: str) -> requests.Response:
    form = {"grant_type": "authorization_code", "code": code, "redirect_uri": CALLBACK}
    client = {"client_id": "finpulse-local", "client_secret": secret}
    return requests.post(provider["token_endpoint"], data=form | client, timeout=5)
