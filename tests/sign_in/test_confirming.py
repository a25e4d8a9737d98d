"""While somebody is signed in the provider is asked again: out at the next request, whatever is asked, or let be."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from finpulse.audit.models import AuditEvent
from finpulse.identity.models import SignInSession, User
from finpulse.identity.oidc.confirming import patience
from finpulse.identity.services import refresh_token_keep
from tests.services.bent_provider import CLIENT_SECRET, SECRET_BODY, Answer
from tests.sign_in.bends import BENDS, NOBODY, about, answers, claims
from tests.sign_in.conftest import HOST, Browser, forget
from tests.sign_in.test_bent_provider import sign_in

PAGE, VERB, RESOURCE = "/admin/", "/admin/notifications/message/read/", "/api/v1/me/"
IN_PLACE = {"HX-Request": "true", "HX-Current-URL": f"http://{HOST}/admin/crm/task/"}
# The page that is asked for, and the status that a stranger gets there.
REQUESTS = {
    "a page": (lambda client: client.get(PAGE), 302),
    "a form sent": (lambda client: client.post(VERB), 302),
    "a change in place": (lambda client: client.post(VERB, headers=IN_PLACE), 204),
    "the API": (lambda client: client.get(RESOURCE), 401),
}


def says_no(error):
    return answers("/token", {"error": error, "error_description": SECRET_BODY}, status=400)


NOES = {
    "invalid_grant": says_no("invalid_grant"),
    "login_required": says_no("login_required"),
    "another sub in userinfo": about(sub="person-2"),
    "another sub in both": lambda bent: (claims(sub="person-2")(bent), about(sub="person-2")(bent)),
    "no role is left": about(roles=[]),
    "roles that may not be combined": about(roles=["system_administrator", "customer_manager"]),
}
# Of what a provider does wrong at a sign-in this takes its word back; the rest says nothing about the person.
ENDING = {"userinfo of another sub", "half a letter as sub"}


def newcomer(bent):
    """Give a browser in which the person has signed in."""
    forget()
    browser = Browser(Client(HTTP_HOST=HOST), bent.issuer)
    assert sign_in(browser, bent) == "/admin/crm/customer/"
    return browser


def due(minutes=10):
    """Have the last sign-in been confirmed so long ago, and give its key."""
    key = SignInSession.objects.latest("pk").pk
    ago = timezone.now() - timedelta(minutes=minutes)
    SignInSession.objects.filter(pk=key).update(confirmed_at=ago, started_at=ago, asked_at=None)
    return key


def is_in(browser):
    return browser.client.get(PAGE).status_code == 200


@pytest.mark.parametrize("said", NOES)
def test_a_no_ends_the_sign_in_before_anything_is_done_with_the_request(said, bent):
    # Each No is one; that none gets past it by another kind of request is tried with the first.
    tried = list(REQUESTS.items())[: None if said == "invalid_grant" else 1]
    for what, (ask, strangers) in tried:
        bent.straighten()
        browser = newcomer(bent)
        NOES[said](bent)
        assert is_in(browser), "nobody asks before it is due"
        key = due()
        assert ask(browser.client).status_code == strangers, what
        ended = SignInSession.objects.get(pk=key)
        assert (ended.end_reason, ended.refresh_token) == ("PROVIDER", None)
        assert "You were signed out at the bank&#x27;s identity provider." in browser.said() or what == "the API"
    told = AuditEvent.objects.filter(verb="identity.user.session_ended", actor=None)
    assert told.count() == len(tried)


def test_a_yes_lets_each_request_arrive_and_brings_the_roles_of_now(bent):
    browser = newcomer(bent)
    bent.about |= {"roles": ["auditor"], "family_name": "Newname"}
    for ask, strangers in REQUESTS.values():
        key, before = due(), timezone.now()
        assert ask(browser.client).status_code != strangers or strangers in (302, 204)
        sign_in = SignInSession.objects.get(pk=key)
        assert (sign_in.end_reason, sign_in.confirmed_at >= before) == ("", True)
    user = User.objects.get()
    assert (user.last_name, [role.name for role in user.groups.all()]) == ("Newname", ["auditor"])
    # Each was good once: the fifth is the only one that the provider would take now.
    assert len(bent.refresh_tokens) == 1


def test_who_was_confirmed_just_now_costs_nothing_and_the_token_is_sealed(bent):
    browser = newcomer(bent)
    is_in(browser)
    asked = list(bent.asked)
    with CaptureQueriesContext(connection) as caught:
        assert browser.client.get(RESOURCE).status_code == 200
    queries = [query["sql"] for query in caught if not query["sql"].startswith(("SAVEPOINT", "RELEASE"))]
    assert (len(queries), bent.asked) == (2, asked)
    assert "refresh_token" not in queries[0]
    row = SignInSession.objects.get()
    assert row.refresh_token.startswith("v1|")
    with pytest.raises(IntegrityError), transaction.atomic():
        SignInSession.objects.update(ended_at=timezone.now(), end_reason="IDLE")


def is_one_line_without_secrets(caplog, bend):
    lines = [record.getMessage() for record in caplog.records if record.name.startswith("finpulse")]
    assert len(lines) <= 1, bend
    secrets = [CLIENT_SECRET, SECRET_BODY, "access-token-1", "refresh-", "eyJ"]
    assert not [secret for secret in secrets if secret in caplog.text], bend


@pytest.mark.parametrize("slow", [False, True])
def test_whatever_else_the_provider_does_wrong_puts_nobody_out_and_is_one_log_line(slow, bent, settings, caplog):
    settings.OIDC_TIMEOUT = 1 if slow else settings.OIDC_TIMEOUT
    out, browser = set(), newcomer(bent)
    for bend in [bend for bend in BENDS if bend.slow is slow][: 2 if slow else None]:
        bent.straighten()
        due()
        refresh_token_keep(sign_in=SignInSession.objects.latest("pk"), refresh_token="refresh-token-1")
        bent.refresh_tokens.add("refresh-token-1")
        forget()
        caplog.clear()
        bend.bend(bent)
        status = browser.client.get(RESOURCE).status_code
        is_one_line_without_secrets(caplog, bend)
        if status == 401:
            out.add(bend.sent)
            bent.straighten()
            browser = newcomer(bent)
    assert out == (set() if slow else ENDING)


def test_a_provider_that_is_away_is_waited_for_once_and_ends_a_sign_in_after_an_hour(bent, caplog):
    browser = newcomer(bent)
    bent.answers["/token"] = lambda _: Answer(status=503)
    asked = bent.asked.count("/token")
    for _ in range(3):
        due(minutes=59)
        assert is_in(browser)
    assert bent.asked.count("/token") == asked + 1
    assert caplog.text.count("Sign-in not confirmed: token endpoint answered 503") == 1
    key = due(minutes=60)
    assert not is_in(browser)
    assert SignInSession.objects.get(pk=key).end_reason == "UNCONFIRMED"
    assert "could not be asked about you" in browser.said()


def test_one_request_asks_and_the_others_of_the_sign_in_neither_ask_nor_wait(bent):
    browser = newcomer(bent)
    due()
    SignInSession.objects.update(asked_at=timezone.now() - timedelta(seconds=50))
    asked = bent.asked.count("/token")
    assert is_in(browser)
    assert bent.asked.count("/token") == asked
    bent.answers["/userinfo"] = lambda _: Answer(status=500)
    due()
    assert is_in(browser)
    # The new token was kept although what came after it went wrong.
    bent.answers["/userinfo"] = lambda _: Answer({"sub": "person-1"} | bent.about)
    patience.begin()
    key, before = due(), timezone.now()
    assert is_in(browser)
    assert SignInSession.objects.get(pk=key).confirmed_at >= before


def test_without_a_refresh_token_a_sign_in_lasts_an_hour_and_the_log_says_so(bent, caplog):
    given = bent.answers["/token"]
    bent.answers["/token"] = lambda form: Answer({**given(form).body, "refresh_token": None})
    browser = newcomer(bent)
    assert "Sign-in without a refresh token" in caplog.text
    due(minutes=59)
    assert is_in(browser)
    due(minutes=60)
    assert not is_in(browser)


def test_roles_that_came_in_the_id_token_alone_stay_when_a_later_answer_has_none(bent):
    bent.about.pop("roles")
    bent.claims = {"roles": ["customer_manager"]}
    browser = newcomer(bent)
    given = bent.answers["/token"]
    bent.answers["/token"] = lambda form: Answer({**given(form).body, "id_token": None})
    key, before = due(), timezone.now()
    assert is_in(browser)
    assert SignInSession.objects.get(pk=key).confirmed_at >= before


def test_neither_a_bank_that_wants_none_of_it_nor_a_password_is_ever_confirmed(bent, settings):
    browser = newcomer(bent)
    says_no("invalid_grant")(bent)
    settings.OIDC_CONFIRM_MINUTES = 0
    due(minutes=500)
    assert is_in(browser)
    settings.OIDC_CONFIRM_MINUTES = 10
    by_password = Client(HTTP_HOST=HOST)
    by_password.force_login(User.objects.get(), backend="finpulse.identity.backends.RoleAndScopeBackend")
    assert SignInSession.objects.latest("pk").confirmed_at is None
    assert by_password.get(PAGE).status_code == 200


def test_a_token_is_never_sent_to_another_provider(bent, settings):
    browser = newcomer(bent)
    key = due()
    settings.OIDC_ISSUER = NOBODY
    assert not is_in(browser)
    assert SignInSession.objects.get(pk=key).end_reason == "PROVIDER"


def test_at_the_demo_provider_too_a_sign_in_is_confirmed(browser):
    browser.claims("bob", roles=["customer_manager"])
    browser.sign_in("bob")
    browser.claims("bob", roles=["auditor"])
    for _ in range(2):
        key, before = due(), timezone.now()
        assert is_in(browser)
        assert SignInSession.objects.get(pk=key).confirmed_at >= before
    assert User.objects.get().groups.get().name == "auditor"
