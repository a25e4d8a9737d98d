"""Access tokens of the identity provider at the API: who sent what, and what was answered."""

import time

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from finpulse.audit.models import AuditEvent
from finpulse.audit.telling import told
from finpulse.identity.models import User
from finpulse.identity.services import user_bind_sign_in, user_set_roles
from tests.services.bent_provider import CLIENT_ID, Answer, Key, by_hand

ME = "/api/v1/me/"
CLIENT = "reporting"
TYPE = "at+jwt"


@pytest.fixture
def provider(bent, people, settings):
    """A provider that knows alice, and lets one client ask the API."""
    settings.OIDC_API_CLIENTS = [CLIENT]
    user_bind_sign_in(user=people.alice, issuer=bent.issuer, subject="person-1", actor=None)
    return bent


def claims_of(provider, **changed):
    now = int(time.time())
    sound = {"iss": provider.issuer, "aud": "finpulse-api", "sub": "person-1", "client_id": CLIENT}
    sound |= {"iat": now, "exp": now + 300, "jti": "1", "scope": "openid me:read customers:read"}
    claims = sound | {name: now + value if name in TIMES and value else value for name, value in changed.items()}
    return {name: value for name, value in claims.items() if value is not None}


TIMES = ("exp", "iat", "nbf")


def sent(token, url=ME):
    return Client(HTTP_HOST="127.0.0.1:8000", headers={"authorization": f"Bearer {token}"}).get(url)


@pytest.mark.parametrize(
    ("header", "claims"),
    [
        ({}, {}),
        ({"typ": "application/at+jwt"}, {}),
        ({"typ": "AT+JWT"}, {}),
        ({}, {"aud": ["finpulse-api", "another"]}),
        ({}, {"exp": -20}),
        ({}, {"iat": 20}),
    ],
    ids=["straight", "long type", "type in capitals", "several audiences", "expired 20 s ago", "iat 20 s ahead"],
)
def test_a_sound_token_acts_as_the_user_of_its_subject(provider, header, claims):
    answer = sent(provider.first_key.sign(claims_of(provider, **claims), **({"typ": TYPE} | header)))
    assert (answer.status_code, answer.json()["username"]) == (200, "alice")


def test_a_key_of_the_other_algorithm_and_a_key_that_is_new_are_taken(provider):
    for key in (Key("ES256"), Key("RS256")):
        provider.keys = [*provider.keys, key]
        assert sent(key.sign(claims_of(provider), typ=TYPE)).status_code == 200


def _signed(**claims):
    return lambda provider: provider.first_key.sign(claims_of(provider, **claims), typ=TYPE)


def _typed(kind):
    return lambda provider: provider.first_key.sign(claims_of(provider), typ=kind)


def _hand_made(algorithm, secret=b""):
    return lambda provider: by_hand(claims_of(provider), {"alg": algorithm, "typ": TYPE}, secret)


def _as_a_secret(provider):
    header = {"alg": "HS256", "typ": TYPE, "kid": provider.first_key.key_id}
    return by_hand(claims_of(provider), header, provider.first_key.pem())


def _foreign_key(provider):
    return Key("RS256", provider.first_key.key_id).sign(claims_of(provider), typ=TYPE)


def _id_token(provider):
    return provider.first_key.sign(claims_of(provider, aud=CLIENT_ID, nonce="n"))


def _bent_signature(provider):
    head, claims, signature = provider.first_key.sign(claims_of(provider), typ=TYPE).split(".")
    return f"{head}.{claims}.{signature[:-8]}AAAAAAAA"


# What was sent, and a word of the sentence. Each is answered 401.
REFUSED = {
    "expired a minute ago": (_signed(exp=-60), "expired"),
    "issued in an hour": (_signed(iat=3600), "not valid yet"),
    "valid in an hour": (_signed(nbf=3600), "not valid yet"),
    "another audience": (_signed(aud="another-api"), "another API"),
    "our sign-in's audience": (_signed(aud=CLIENT_ID), "another API"),
    "another issuer": (_signed(iss="https://elsewhere.example"), "Another issuer"),
    "another client": (_signed(client_id="somebody"), "not accepted"),
    "a list of clients": (_signed(client_id=[CLIENT]), "not accepted"),
    "no client": (_signed(client_id=None), "not accepted"),
    "no subject": (_signed(sub=None), "not accepted"),
    "no expiry": (_signed(exp=None), "not accepted"),
    "no audience": (_signed(aud=None), "not accepted"),
    "a subject nobody has": (_signed(sub="person-2"), "knows nobody"),
    "a subject that no column holds": (_signed(sub="person\0"), "knows nobody"),
    "an empty subject": (_signed(sub=""), "knows nobody"),
    "an id token": (_id_token, "not accepted"),
    "no type": (_typed("JWT"), "not accepted"),
    "alg none": (_hand_made("none"), "not accepted"),
    "alg HS256 with the public key": (_as_a_secret, "not accepted"),
    "a foreign key under our key's id": (_foreign_key, "not accepted"),
    "another signature": (_bent_signature, "not accepted"),
    "no JSON": (lambda provider: "a.b.c", "not accepted"),
    "nothing between the points": (lambda provider: "..", "not accepted"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_a_token_that_is_not_the_providers_word_to_the_api_is_refused(provider, case, caplog, tally):
    make, word = REFUSED[case]
    token = make(provider)
    answer = sent(token)
    assert (answer.status_code, answer.headers["WWW-Authenticate"]) == (401, 'Bearer error="invalid_token"')
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert word in answer.json()["detail"]
    assert token not in caplog.text
    line = next((record.getMessage() for record in caplog.records if "provider_tokens" in record.name), "")
    tally.add(f"at the API: {case}", answer.json()["detail"], line)
    assert not User.objects.filter(oidc_subject="person-2").exists()


@pytest.mark.parametrize("change", ["deactivated", "no role"])
def test_who_does_not_work_here_is_refused_whatever_the_provider_says(provider, people, change):
    if change == "deactivated":
        User.objects.filter(pk=people.alice.pk).update(is_active=False)
    else:
        user_set_roles(user=people.alice, names=(), actor=None, reason="a test")
    answer = sent(provider.first_key.sign(claims_of(provider), typ=TYPE))
    assert answer.status_code == 401
    assert change in answer.json()["detail"]


@pytest.mark.parametrize("scope", ["openid", "", None, ["customers:read"], "customers", "everything:read"])
def test_scopes_that_are_not_ours_open_nothing(provider, scope):
    answer = sent(provider.first_key.sign(claims_of(provider, scope=scope), typ=TYPE), "/api/v1/customers/")
    assert (answer.status_code, answer.json()["scope"]) == (403, "customers:read")


@pytest.mark.parametrize("away", ["/keys", "/.well-known/openid-configuration"])
def test_a_provider_that_is_away_is_503_and_never_500(provider, away):
    provider.answers[away] = lambda _: Answer(b"down", status=502)
    answer = sent(provider.first_key.sign(claims_of(provider), typ=TYPE))
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "30")
    assert answer.headers["Content-Type"] == "application/problem+json"


def test_the_provider_is_asked_for_its_keys_once_and_never_about_the_user(provider, bank):
    token = provider.first_key.sign(claims_of(provider), typ=TYPE)
    assert sent(token, f"/api/v1/customers/{bank.own.pk}/").status_code == 200
    with CaptureQueriesContext(connection) as asked:
        assert sent(token).status_code == 200
    assert len(asked) == 1
    assert provider.asked == ["/.well-known/openid-configuration", "/keys"]
    event = AuditEvent.objects.get(verb="crm.customer.viewed")
    assert told([event])[0].place == f"API, by {CLIENT}"


def test_without_a_client_that_is_let_in_no_token_of_the_provider_is_looked_at(provider, settings):
    settings.OIDC_API_CLIENTS = []
    answer = sent(provider.first_key.sign(claims_of(provider), typ=TYPE))
    assert (answer.status_code, provider.asked) == (401, [])
