"""A provider that does wrong: a sentence and one log line each time, no account, no session, nothing told."""

import time

import pytest

from finpulse.identity.models import User
from tests.services.bent_provider import CLIENT_SECRET, SECRET_BODY, Key
from tests.sign_in.bends import BENDS


def sign_in(browser, provider):
    """Go through the flow as far as it leads; give the last answer."""
    page = browser.start()
    return page if page == "/admin/login/" else browser.come_back(provider.authorize(page)).headers["Location"]


@pytest.mark.parametrize("bend", BENDS, ids=str)
def test_a_provider_that_does_wrong_gets_a_sentence_and_one_log_line(bend, bent, bent_browser, settings, answers):
    settings.OIDC_TIMEOUT = 1 if bend.slow else settings.OIDC_TIMEOUT
    bend.bend(bent)
    assert sign_in(bent_browser, bent) == "/admin/login/"
    page, line = answers.told(bend.sent, bent_browser.client)
    assert bend.page in page
    assert bend.log in line
    assert not User.objects.exists()
    assert "_auth_user_id" not in bent_browser.client.session
    secrets = [CLIENT_SECRET, SECRET_BODY, "access-token-1", "eyJ", *bent.codes]
    assert [secret for secret in secrets if secret in answers.caplog.text or secret in page] == []


@pytest.mark.parametrize(
    "claims",
    [
        {},
        {"aud": ["finpulse-bent", "another"], "azp": "finpulse-bent"},
        {"exp": -20},
        {"iat": 20},
    ],
    ids=["straight", "several audiences with azp", "expired 20 s ago", "iat 20 s ahead"],
)
def test_a_provider_that_does_right_is_believed(claims, bent, bent_browser):
    now = int(time.time())
    bent.claims = {name: now + value if isinstance(value, int) else value for name, value in claims.items()}
    assert sign_in(bent_browser, bent) == "/admin/crm/customer/"
    assert User.objects.get(oidc_subject="person-1").oidc_issuer == bent.issuer


@pytest.mark.parametrize(
    "about",
    [
        {"given_name": "a\0b"},
        {"given_name": "\ud800"},
        {"family_name": "a" * 200},
        {"email": "no address"},
        {"unit": ["NORTH"]},
    ],
    ids=str,
)
def test_a_name_that_fits_no_column_is_left_out(about, bent, bent_browser):
    bent.about |= about
    assert sign_in(bent_browser, bent) == "/admin/crm/customer/"
    user = User.objects.get()
    assert (user.first_name, user.last_name, user.email, user.unit) == ("", "", "", None)


def test_a_role_that_no_column_takes_gives_nothing(bent, bent_browser):
    bent.about["roles"] = ["customer_manager", "a\0b", "\ud800", "a" * 201, ""]
    assert sign_in(bent_browser, bent) == "/admin/crm/customer/"


def test_a_rotated_key_is_followed_at_once(bent, bent_browser):
    assert sign_in(bent_browser, bent) == "/admin/crm/customer/"
    bent.keys = [Key("ES256")]
    assert sign_in(bent_browser, bent) == "/admin/crm/customer/"
    assert bent.asked.count("/keys") == 2


def test_keys_and_discovery_are_asked_for_once_for_many_sign_ins(bent, bent_browser):
    for _ in range(4):
        assert sign_in(bent_browser, bent) == "/admin/crm/customer/"
    assert (bent.asked.count("/keys"), bent.asked.count("/.well-known/openid-configuration")) == (1, 1)


@pytest.mark.parametrize("status", [200, 500])
def test_unknown_key_ids_make_nobody_fetch_keys_at_will(status, bent, bent_browser):
    stranger = Key()
    bent.sign = lambda claims: stranger.sign(claims, kid=f"guess-{len(bent.asked)}")
    straight = bent.answers["/keys"]
    bent.answers["/keys"] = lambda form: type(straight(form))(straight(form).body, status=status)
    for _ in range(8):
        assert sign_in(bent_browser, bent) == "/admin/login/"
    assert bent.asked.count("/keys") == 3


def test_a_role_that_is_no_longer_claimed_at_all_is_gone_though_the_sign_in_is_refused(bent, bent_browser):
    sign_in(bent_browser, bent)
    bent.about["roles"] = []
    assert sign_in(bent_browser, bent) == "/admin/login/"
    bent_user = User.objects.get()
    assert (bent_user.is_staff, bent_user.groups.count()) == (False, 0)
