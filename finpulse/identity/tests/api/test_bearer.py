"""Signing in to the API by a token: who is taken for whom, for what, and what the trail says of it."""

import logging
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from finpulse.audit.models import AuditEvent
from finpulse.audit.telling import told
from finpulse.identity.models import ApiToken, SignInAttempt, User
from finpulse.identity.services import SignInHeld, attempt_begin, user_set_roles
from finpulse.identity.services.api_token_ends import api_tokens_of_leavers_end
from finpulse.identity.services.api_tokens import api_token_revoke
from finpulse.identity.services.token_attempts import attempt_by_token
from finpulse.identity.tests.tokens import bearing, let_expire, make_token
from finpulse.identity.token_secret import digest_of, new_secret

ME = "/api/v1/me/"


@pytest.fixture
def token(people):
    return make_token(people.alice)


def test_a_token_signs_in_as_its_owner(people, token):
    answer = bearing(token[1]).get(ME)
    assert answer.status_code == 200
    assert answer.json()["username"] == "alice"
    assert answer.json()["roles"] == ["customer_manager"]


def test_a_call_by_token_costs_no_more_queries_than_one_by_session(people, token):
    script, browser = bearing(token[1]), Client()
    browser.force_login(people.alice, backend="finpulse.identity.backends.RoleAndScopeBackend")
    script.get(ME)
    with CaptureQueriesContext(connection) as by_token:
        script.get(ME)
    with CaptureQueriesContext(connection) as by_session:
        browser.get(ME)
    assert len(by_token) == 1
    assert len(by_session) == 2


def test_the_use_of_a_token_is_noted_at_most_once_a_minute(token):
    script = bearing(token[1])
    script.get(ME, REMOTE_ADDR="192.0.2.7")
    first = ApiToken.objects.get(pk=token[0].pk)
    assert first.last_used_from == "192.0.2.7"
    script.get(ME, REMOTE_ADDR="192.0.2.8")
    assert ApiToken.objects.get(pk=token[0].pk).last_used_from == "192.0.2.7"
    ApiToken.objects.filter(pk=token[0].pk).update(last_used_at=first.last_used_at - timedelta(minutes=1))
    script.get(ME, REMOTE_ADDR="192.0.2.8")
    assert ApiToken.objects.get(pk=token[0].pk).last_used_from == "192.0.2.8"


def test_behind_a_proxy_of_ours_it_is_the_script_that_used_the_token(token, settings):
    settings.TRUSTED_PROXIES = ["192.0.2.0/24"]
    bearing(token[1]).get(ME, REMOTE_ADDR="192.0.2.7", headers={"X-Forwarded-For": "203.0.113.9"})
    assert ApiToken.objects.get(pk=token[0].pk).last_used_from == "203.0.113.9"


def test_the_trail_says_by_which_token_and_a_session_afterwards_says_none(bank, people, token):
    url = f"/api/v1/customers/{bank.own.pk}/"
    assert bearing(token[1]).get(url).status_code == 200
    browser = Client()
    browser.force_login(people.alice, backend="finpulse.identity.backends.RoleAndScopeBackend")
    assert browser.get(url).status_code == 200
    by_session, by_token = AuditEvent.objects.filter(verb="crm.customer.viewed").order_by("-id")[:2]
    assert by_token.actor == people.alice
    assert by_token.detail == by_session.detail | {"token": token[0].pk}
    assert "token" not in by_session.detail
    assert [line.place for line in told([by_session, by_token])] == ["API", f"API, by token {token[0].pk}"]


def test_what_a_token_writes_is_told_with_the_token(bank, people, token):
    payload = {"customer": bank.own.pk, "title": "Call back", "due_on": timezone.localdate().isoformat()}
    answer = bearing(token[1]).post("/api/v1/tasks/", payload, content_type="application/json")
    assert answer.status_code == 201
    event = AuditEvent.objects.get(verb="crm.task.added")
    assert (event.actor, event.detail["token"]) == (people.alice, token[0].pk)


def _deactivate(people, token):
    User.objects.filter(pk=people.alice.pk).update(is_active=False)


def _take_roles(people, token):
    people.alice.groups.clear()


def _revoke(people, token):
    api_token_revoke(token_id=token.pk, actor=people.alice)


def _expire(people, token):
    let_expire(token)


def _leave(people, token):
    """Nothing has happened to it."""


# What was sent for the token's text, what had happened to it, and a word of the answer. Each is answered 401.
REFUSED = [
    ("{}", _revoke, "revoked"),
    ("{}", _expire, "expired"),
    ("{}", _deactivate, "deactivated"),
    ("{}", _take_roles, "no role"),
    ("{}x", _leave, "no FinPulse API token"),
    ("", _leave, "no FinPulse API token"),
    ("fp_ _", _leave, "no FinPulse API token"),
    ("é\x00", _leave, "no FinPulse API token"),
    ("' OR 1=1 --", _leave, "no FinPulse API token"),
    ("eyJhbGciOiJub25lIn0.e30.", _leave, "no FinPulse API token"),
    (new_secret().text, _leave, "does not know"),
]


@pytest.mark.parametrize(("sent", "happened", "word"), REFUSED)
def test_a_token_that_signs_nobody_in_is_refused_in_a_sentence(people, caplog, sent, happened, word):
    token = make_token(people.alice)
    happened(people, token[0])
    caplog.set_level(logging.WARNING)
    answer = bearing(sent.format(token[1])).get(ME)
    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"] == 'Bearer error="invalid_token"'
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert word in answer.json()["detail"]
    assert token[1] not in caplog.text


@pytest.mark.parametrize("asked_meanwhile", [True, False])
@pytest.mark.parametrize("left", ["deactivated", "without a role"])
def test_who_leaves_and_comes_back_comes_back_without_his_tokens(people, token, left, asked_meanwhile):
    rows = User.objects.filter(pk=people.alice.pk)
    if left == "deactivated":
        rows.update(is_active=False)
    else:
        people.alice.groups.clear()
    if asked_meanwhile:
        assert bearing(token[1]).get(ME).status_code == 401
    else:
        assert api_tokens_of_leavers_end(now=timezone.now()) == 1
    assert api_tokens_of_leavers_end(now=timezone.now()) == 0
    rows.update(is_active=True)
    user_set_roles(user=people.alice, names=("customer_manager",), actor=None, reason="back again")
    assert "revoked" in bearing(token[1]).get(ME).json()["detail"]
    event = AuditEvent.objects.get(verb="identity.apitoken.revoked")
    assert (event.actor, event.subject_id, event.detail["user"]) == (None, token[0].pk, people.alice.pk)


def test_who_loses_his_last_role_loses_his_tokens_with_it_and_nobody_elses(people, token):
    others, _ = make_token(people.bob)
    user_set_roles(user=people.alice, names=("supervisor",), actor=None, reason="a test")
    assert bearing(token[1]).get(ME).status_code == 200
    user_set_roles(user=people.alice, names=(), actor=people.heidi, reason="a test")
    ended = ApiToken.objects.get(pk=token[0].pk)
    assert ended.revoked_by == people.heidi
    assert ApiToken.objects.get(pk=others.pk).revoked_at is None


def test_a_token_that_asks_too_often_is_told_to_wait_and_nobody_else_is(people, token, settings):
    settings.API_TOKEN_RATE = "3/min"
    script, browser = bearing(token[1]), Client()
    browser.force_login(people.alice, backend="finpulse.identity.backends.RoleAndScopeBackend")
    assert [script.get(ME).status_code for _ in range(4)] == [200, 200, 200, 429]
    answer = script.get(ME)
    assert 0 < int(answer.headers["Retry-After"]) <= 60
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert [browser.get(ME).status_code for _ in range(4)] == [200] * 4
    assert bearing(make_token(people.alice, name="other")[1]).get(ME).status_code == 200


def test_a_call_is_let_through_while_the_cache_is_away(token, settings):
    settings.API_TOKEN_RATE = "1/min"
    settings.CACHES = {"default": settings.CACHES["default"] | {"LOCATION": "redis://127.0.0.1:1/1"}}
    script = bearing(token[1])
    assert [script.get(ME).status_code for _ in range(3)] == [200] * 3


def altered(text):
    """Give the text with another letter in each of its places."""
    return [f"{text[:place]}{'A' if text[place] != 'A' else 'B'}{text[place + 1 :]}" for place in range(len(text))]


def test_a_token_of_which_any_letter_differs_is_refused_by_its_checksum_alone(token):
    assert {digest_of(other) for other in altered(token[1])} == {""}
    with CaptureQueriesContext(connection) as asked:
        assert bearing(altered(token[1])[-1]).get(ME).status_code == 401
    assert "identity_apitoken" not in str(asked.captured_queries)


def test_wrong_tokens_are_told_to_wait_after_thirty_and_right_ones_are_not(token):
    script = bearing(token[1])
    script.get(ME)
    answers = [bearing(other).get(ME) for other in altered(token[1])[:32]]
    assert [answer.status_code for answer in answers] == [401] * 30 + [429] * 2
    assert 0 < int(answers[-1].headers["Retry-After"]) <= 60
    assert "no FinPulse API token: " in answers[-1].json()["detail"]
    with CaptureQueriesContext(connection) as asked:
        assert script.get(ME).status_code == 200
    assert len(asked) == 1
    tries = SignInAttempt.objects.filter(method="SCRIPT").order_by("pk")
    wrong = [("FAILED", "token malformed")] * 30 + [("HELD", "token malformed")]
    assert list(tries.values_list("outcome", "cause")) == wrong
    assert AuditEvent.objects.filter(verb="identity.user.sign_in_held").count() == 1


def test_wrong_tokens_hold_nobodys_console_and_wrong_passwords_no_script(people, token):
    facts = {"now": timezone.now(), "address": "127.0.0.1"}
    assert attempt_begin(method="PASSWORD", name="bob", **facts).address_held_until is None
    for _ in range(30):
        attempt_by_token(cause="token unknown", user=people.alice, **facts)
    with pytest.raises(SignInHeld):
        attempt_by_token(cause="token unknown", user=None, **facts)
    for number in range(29):
        attempt_begin(method="PASSWORD", name=f"name{number}", **facts)
    with pytest.raises(SignInHeld):
        attempt_begin(method="PASSWORD", name="name", **facts)
    attempt_by_token(cause="token unknown", user=None, **facts | {"address": "192.0.2.7"})
    attempt_by_token(cause="token unknown", user=None, **facts | {"now": facts["now"] + timedelta(minutes=1)})
    assert bearing(token[1]).get(ME).status_code == 200


def test_from_no_known_address_what_is_wrong_is_written_once_a_minute(db):
    for _ in range(40):
        attempt_by_token(cause="token unknown", user=None, address=None, now=timezone.now())
    assert SignInAttempt.objects.get().address is None


def test_nobody_is_told_how_to_sign_in():
    answer = Client().get(ME)
    assert (answer.status_code, answer.headers["WWW-Authenticate"]) == (401, "Bearer")


def test_a_bad_token_is_not_made_good_by_a_session_beside_it(people):
    browser = Client(headers={"authorization": "Bearer nonsense"})
    browser.force_login(people.alice, backend="finpulse.identity.backends.RoleAndScopeBackend")
    assert browser.get(ME).status_code == 401


def test_a_token_opens_no_page_of_the_console(token):
    answer = bearing(token[1]).get("/admin/")
    assert answer.status_code == 302
    assert "/login/" in answer.headers["Location"]


@pytest.mark.parametrize(
    ("scopes", "method", "url", "missing"),
    [
        (("tasks:read",), "get", "/api/v1/customers/", "customers:read"),
        (("*:read",), "post", "/api/v1/tasks/", "tasks:write"),
        (("tasks:write",), "get", "/api/v1/tasks/", "tasks:read"),
        (("customers:read",), "get", ME, "me:read"),
        (("*:read",), "patch", "/api/v1/customers/1/", "customers:write"),
        (("*:read",), "post", "/api/v1/schema/", "*:write"),
        (("*:read",), "post", "/api/v1/docs/", "*:write"),
    ],
)
def test_a_token_made_for_something_else_is_told_which_scope_it_lacks(people, scopes, method, url, missing):
    answer = getattr(bearing(make_token(people.alice, *scopes)[1]), method)(url)
    assert answer.status_code == 403
    assert (answer.json()["scope"], answer.json()["status"]) == (missing, 403)
    assert missing in answer.json()["detail"]
    assert answer.headers["WWW-Authenticate"] == f'Bearer error="insufficient_scope", scope="{missing}"'


def test_a_token_does_no_more_than_its_owner_may_whatever_its_scopes(bank, people):
    script = bearing(make_token(people.heidi)[1])
    assert script.get("/api/v1/customers/").status_code == 403
    script = bearing(make_token(people.bob)[1])
    assert script.get(f"/api/v1/customers/{bank.own.pk}/").status_code == 404


def test_a_key_of_one_owner_is_not_that_of_another(bank, people):
    payload = {"title": "Call back", "due_on": timezone.localdate().isoformat()}
    answers = []
    for user, customer, name in (
        (people.alice, bank.own, "one"),
        (people.alice, bank.own, "other"),
        (people.bob, bank.same_unit, "one"),
    ):
        script = bearing(make_token(user, name=name)[1])
        sent = payload | {"customer": customer.pk}
        answers.append(
            script.post("/api/v1/tasks/", sent, content_type="application/json", headers={"idempotency-key": "k1"})
        )
    mine, replayed, anothers = answers
    assert [answer.status_code for answer in answers] == [201, 201, 201]
    assert replayed.headers["Idempotency-Replayed"] == "true"
    assert replayed.json()["id"] == mine.json()["id"] != anothers.json()["id"]


def test_the_schema_names_the_token_and_the_scope_of_each_operation(people):
    script = bearing(make_token(people.alice, "me:read")[1])
    schema = script.get("/api/v1/schema/?format=json").json()
    assert schema["components"]["securitySchemes"]["bearer"]["scheme"] == "bearer"
    operations = schema["paths"]
    assert {"bearer": ["tasks:write"]} in operations["/api/v1/tasks/"]["post"]["security"]
    assert {"bearer": ["customers:read"]} in operations["/api/v1/customers/{id}/"]["get"]["security"]
