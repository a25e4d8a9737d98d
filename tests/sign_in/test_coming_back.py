"""What a browser may bring back from the provider, once it was led there: a state and a code, each good once."""

from urllib.parse import urlencode

import pytest
from django.test import Client

from finpulse.identity.models import SignInSession, User
from tests.sign_in.conftest import HOST, Browser
from tests.sign_in.test_bent_provider import sign_in

AGAIN = "The sign-in did not complete. Please try again."
UNKNOWN_STATE = "Sign-in failed: a state that this browser was not given, or has used"
# What is brought beside a state that this browser was given, and what the page and the log then say.
BROUGHT = {
    "error=access_denied": (
        "The identity provider did not let you in.",
        "the identity provider answered access_denied",
    ),
    "an error of no standard": (AGAIN, "the identity provider answered an unknown error"),
    "neither code nor error": (AGAIN, "neither a code nor an error"),
    "a code of 5,000 letters": (AGAIN, "a parameter is too long"),
    "iss of another provider": (AGAIN, "the answer of another provider"),
}
PARAMETERS = {
    "error=access_denied": {"error": "access_denied", "error_description": "<b>telling</b>"},
    "an error of no standard": {"error": "line\nbreak"},
    "neither code nor error": {},
    "a code of 5,000 letters": {"code": "a" * 5000},
    "iss of another provider": {"code": "a-code", "iss": "https://elsewhere.example"},
}


def given_state(browser):
    """Be led to the provider; give the state."""
    browser.start()
    return next(reversed(browser.client.session["oidc_states"]))


def come_back(browser, **parameters):
    return browser.come_back(f"/oidc/callback/?{urlencode(parameters)}").headers["Location"]


@pytest.mark.parametrize("sent", BROUGHT)
def test_what_answers_no_sign_in_is_a_sentence_and_one_log_line(sent, bent, bent_browser, answers):
    page, line = BROUGHT[sent]
    assert come_back(bent_browser, state=given_state(bent_browser), **PARAMETERS[sent]) == "/admin/login/"
    assert answers.told(sent, bent_browser.client) == (page, f"Sign-in failed: {line}")
    assert "/token" not in bent.asked


@pytest.mark.parametrize("parameters", [{"code": "a-code"}, {"code": "a-code", "state": "guessed"}])
def test_a_missing_or_guessed_state_is_refused(parameters, bent_browser, answers):
    given_state(bent_browser)
    assert come_back(bent_browser, **parameters) == "/admin/login/"
    sent = "no state" if len(parameters) == 1 else "a guessed state"
    assert answers.told(sent, bent_browser.client) == (AGAIN, UNKNOWN_STATE)


def test_a_state_and_its_code_are_good_once(bent, bent_browser, answers):
    back = bent.authorize(bent_browser.start())
    assert bent_browser.come_back(back).headers["Location"] == "/admin/crm/customer/"
    bent_browser.client.post("/admin/logout/")
    given_state(bent_browser)
    assert bent_browser.come_back(back).headers["Location"] == "/admin/login/"
    assert answers.told("a state and code again", bent_browser.client) == (AGAIN, UNKNOWN_STATE)


def test_a_code_is_good_once_under_another_state_too(bent, bent_browser, answers):
    back = bent.authorize(bent_browser.start())
    bent_browser.come_back(back)
    code = back.split("code=")[1].split("&")[0]
    other = Browser(Client(HTTP_HOST=HOST), bent.issuer)
    assert come_back(other, state=given_state(other), code=code) == "/admin/login/"
    _, line = answers.told("a used code under a state of one's own", other.client)
    assert line == "Sign-in failed: token endpoint answered 400"


def test_nobody_is_signed_in_by_the_link_of_another_browser(bent, bent_browser, answers):
    attacker = Browser(Client(HTTP_HOST=HOST), bent.issuer)
    link = bent.authorize(attacker.start())
    given_state(bent_browser)
    assert bent_browser.come_back(link).headers["Location"] == "/admin/login/"
    sent = "the state of another browser (login CSRF)"
    assert answers.told(sent, bent_browser.client) == (AGAIN, UNKNOWN_STATE)
    assert not User.objects.exists()


def test_signing_in_over_somebody_else_ends_his_sign_in_and_keeps_what_the_provider_calls_this_one(bent, bent_browser):
    sign_in(bent_browser, bent)
    bent.claims, bent.about = {"sub": "person-2", "sid": "second"}, bent.about | {"preferred_username": "second"}
    bent.about["sub"] = "person-2"
    sign_in(bent_browser, bent)
    first, second = SignInSession.objects.order_by("pk")
    assert first.end_reason == SignInSession.EndReason.REPLACED
    kept = (second.provider_issuer, second.provider_subject, second.provider_sid)
    assert kept == (bent.issuer, "person-2", "second")
    assert bent_browser.client.session["oidc_id_token"]


@pytest.mark.parametrize("parameters", [{"error": "login_required"}, {"error": "x", "state": "guessed"}])
def test_nobody_is_signed_out_by_an_error_that_a_link_brings(parameters, bent, bent_browser):
    sign_in(bent_browser, bent)
    come_back(bent_browser, **parameters)
    assert bent_browser.client.get("/admin/").status_code == 200


@pytest.mark.parametrize(
    "next_url", ["https://elsewhere.example/", "//elsewhere.example/", "javascript:alert(1)", "/\\elsewhere.example"]
)
def test_a_sign_in_leads_to_no_other_host(next_url, bent, bent_browser):
    back = bent.authorize(bent_browser.start(next_url))
    assert bent_browser.come_back(back).headers["Location"] == "/admin/"


def test_a_next_too_long_is_refused(bent_browser, answers):
    assert bent_browser.start("/admin/" + "a" * 5000) == "/admin/login/"
    assert answers.told("a next of 5,000 letters", bent_browser.client)[0] == AGAIN
