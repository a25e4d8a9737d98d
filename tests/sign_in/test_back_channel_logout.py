"""The provider says who signed out there: those sign-ins are over at their next request, and no others."""

import time

import pytest
from django.test import Client

from finpulse.audit.models import AuditEvent
from finpulse.identity.models import SignInSession, UsedLogoutToken
from tests.services.bent_provider import Answer, Key, by_hand
from tests.sign_in.conftest import HOST, Browser
from tests.sign_in.test_bent_provider import sign_in

PATH = "/oidc/backchannel-logout/"


def tell(token):
    """Say it as the provider does: without cookies, without a form of ours."""
    return Client(HTTP_HOST=HOST, enforce_csrf_checks=True).post(PATH, {"logout_token": token})


def signed_in(bent, session, subject="person-1"):
    """Give a browser in which the person signed in, in a session of the provider."""
    bent.claims = {"sid": session, "sub": subject}
    bent.about |= {"sub": subject, "preferred_username": subject}
    browser = Browser(Client(HTTP_HOST=HOST), bent.issuer)
    assert sign_in(browser, bent) == "/admin/crm/customer/"
    return browser


def is_in(browser):
    return browser.client.get("/admin/").status_code == 200


@pytest.fixture
def desk_and_laptop(bent):
    """Two sessions of one person, and that of a colleague."""
    return signed_in(bent, "desk"), signed_in(bent, "laptop"), signed_in(bent, "other", "person-2")


@pytest.mark.parametrize(
    ("named", "stay"),
    [
        ({"sid": "desk"}, [False, True, True]),
        ({"sid": "desk", "sub": None}, [False, True, True]),
        ({}, [False, False, True]),
        ({"sid": "other"}, [True, True, True]),
        ({"sub": "person-3"}, [True, True, True]),
    ],
    ids=["session and subject", "session", "subject", "a colleague's session", "nobody"],
)
def test_a_logout_ends_what_it_names_and_nothing_else(named, stay, bent, desk_and_laptop):
    response = tell(bent.logout_token(**named))
    assert (response.status_code, "no-store" in response.headers["Cache-Control"]) == (200, True)
    assert [is_in(browser) for browser in desk_and_laptop] == stay
    ended = SignInSession.objects.filter(end_reason=SignInSession.EndReason.PROVIDER)
    assert ended.count() == stay.count(False)
    assert AuditEvent.objects.filter(verb="identity.user.session_ended").count() == stay.count(False)


def test_the_browser_is_told_why_it_is_out(bent):
    browser = signed_in(bent, "desk")
    tell(bent.logout_token())
    browser.client.get("/admin/")
    assert "You were signed out at the bank&#x27;s identity provider." in browser.said()


def test_a_logout_token_is_good_once(bent, answers):
    token = bent.logout_token(jti="once")
    assert tell(token).status_code == 200
    browser = signed_in(bent, "desk")
    response = tell(token)
    assert (response.status_code, is_in(browser)) == (400, True)
    answers.tally.add("a logout token again", f"400 {response.json()['error_description']}", *answers.log())


def test_ids_of_old_tokens_are_forgotten(bent):
    tell(bent.logout_token())
    UsedLogoutToken.objects.update(expires_at="2020-01-01T00:00:00Z")
    tell(bent.logout_token())
    assert UsedLogoutToken.objects.count() == 1


STRANGER = Key()
BENDS = {
    "aud of another client": ({"aud": "another"}, "InvalidAudienceError"),
    "iss of another provider": ({"iss": "https://elsewhere.example"}, "InvalidIssuerError"),
    "expired": ({"exp": 1}, "ExpiredSignatureError"),
    "iat 40 s ahead": ({"iat": 40}, "ImmatureSignatureError"),
    "issued two hours ago": ({"iat": -7200}, "too old"),
    "no iat": ({"iat": None}, "MissingRequiredClaimError"),
    "no jti": ({"jti": None}, "MissingRequiredClaimError"),
    "an empty jti": ({"jti": ""}, "no token id"),
    "a jti of 201 letters": ({"jti": "a" * 201}, "a jti that cannot be kept"),
    "no events": ({"events": None}, "no logout event"),
    "another event": ({"events": {"https://elsewhere.example": {}}}, "no logout event"),
    "an event that is no object": ({"events": ["logout"]}, "no logout event"),
    "a nonce, as an id token has": ({"nonce": "n"}, "a nonce"),
    "neither sub nor sid": ({"sub": None}, "neither sub nor sid"),
}
SIGNED = {
    "alg none": lambda claims: by_hand(claims, {"alg": "none"}),
    "an unknown key": STRANGER.sign,
    "no token": lambda claims: "",
    "20,000 letters": lambda claims: "a" * 20_000,
}


@pytest.mark.parametrize("sent", [*BENDS, *SIGNED])
def test_any_other_token_is_refused_and_ends_nothing(sent, bent, answers):
    browser = signed_in(bent, "desk")
    claims, why = BENDS.get(sent, ({}, "token refused"))
    bent.sign = SIGNED.get(sent, bent.sign)
    ahead = {"iat": int(time.time()) + claims["iat"]} if claims.get("iat") else {}
    response = tell(bent.logout_token(**(claims | ahead)))
    assert (response.status_code, response.json()["error"]) == (400, "invalid_request")
    assert "no-store" in response.headers["Cache-Control"]
    [line] = answers.log()
    assert why in line
    answers.tally.add(f"logout token: {sent}", f"400 {response.json()['error_description']}", line)
    assert is_in(browser)
    assert not UsedLogoutToken.objects.exists()


def test_an_id_token_ends_no_sign_in(bent):
    browser = signed_in(bent, "desk")
    assert tell(browser.client.session["oidc_id_token"]).status_code == 400
    assert is_in(browser)


def test_a_logout_that_cannot_be_judged_is_refused_so_that_it_is_sent_again(bent):
    token = bent.logout_token()
    bent.answers["/keys"] = lambda _: Answer(status=500)
    assert tell(token).status_code == 400


def test_a_link_signs_nobody_out(bent):
    browser = signed_in(bent, "desk")
    assert browser.client.get("/admin/logout/").status_code == 302
    assert is_in(browser)


def test_signing_out_tells_the_provider_whose_session_is_over_and_where_to_lead_back(bent):
    location = signed_in(bent, "desk").client.post("/admin/logout/").headers["Location"]
    assert location.startswith(f"{bent.issuer}/end_session?id_token_hint=ey")
    assert "client_id=finpulse-bent" in location
    assert location.endswith("post_logout_redirect_uri=http%3A%2F%2F127.0.0.1%3A8000%2Fadmin%2Flogin%2F")
