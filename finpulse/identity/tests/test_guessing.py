"""Guessing passwords: slowed down by the database, alike for names that are somebody's and nobody's."""

import re
from datetime import timedelta
from threading import Barrier, Thread
from urllib.parse import quote

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.utils import timezone

from finpulse.audit.models import AuditEvent
from finpulse.identity.models import SignInAttempt, SignInSession, User
from finpulse.identity.services import (
    SignInHeld,
    attempt_begin,
    attempt_record,
    attempt_settle,
    sign_ins_forget,
    user_set_roles,
)
from finpulse.identity.tests import counting
from finpulse.identity.tests.rows import make_sign_in
from tests.services.valkey import valkey_node

PASSWORD, HERE, ELSEWHERE = "finpulse-demo", "192.0.2.7", "198.51.100.1"
LOGIN, LIST = "/admin/login/?next=/admin/", "/admin/identity/signinattempt/"
MINUTE = timedelta(minutes=1)
CHANGING = re.compile(r'name="csrfmiddlewaretoken" value="\w+"|value="(alice|nobody)"')
HELD = "There were too many attempts to sign in. Try again in 1 minute."


@pytest.fixture
def alice(db):
    return make_alice()


def make_alice():
    user = User.objects.create_user("alice", password=PASSWORD)
    return user_set_roles(user=user, names=["customer_manager"], actor=None, reason="a test")


def guess(name="alice", password="wrong", address=HERE):
    client = Client(REMOTE_ADDR=address)
    return client, client.post(LOGIN, {"username": name, "password": password})


def tried(now, name="alice", address=HERE):
    return attempt_begin(method="PASSWORD", name=name, address=address, now=now)


def outcomes(**facts):
    return list(SignInAttempt.objects.filter(**facts).order_by("pk").values_list("outcome", flat=True))


def test_after_five_failures_even_the_right_password_waits(alice):
    for _ in range(5):
        assert "is wrong, or the account has no role" in guess()[1].content.decode()
    client, answer = guess(password=PASSWORD, address=ELSEWHERE)
    assert HELD in answer.content.decode()
    assert client.get("/admin/").status_code == 302
    assert outcomes() == [*["FAILED"] * 5, "HELD"]
    SignInAttempt.objects.filter(outcome="FAILED").update(account_held_until=timezone.now())
    assert guess(password=PASSWORD)[0].get("/admin/").status_code == 200


def test_a_name_that_is_nobodys_is_answered_and_held_as_anybody_elses(alice, settings):
    settings.PASSWORD_HASHERS = ["finpulse.identity.tests.counting.CountingHasher"]
    alice.set_password(PASSWORD)
    alice.save()
    for _ in range(6):
        pages, hashed = [], []
        for name in ("alice", "nobody"):
            counting.asked.clear()
            # Each from an address of its own, which is not what is asked about here.
            answer = guess(name=name, address=f"192.0.2.{len(name)}")[1]
            pages.append((answer.status_code, CHANGING.sub("", answer.content.decode())))
            hashed.append(len(counting.asked))
        assert pages[0] == pages[1]
        assert hashed[0] == hashed[1]
    assert outcomes(user=alice) == outcomes(user=None) == [*["FAILED"] * 5, "HELD"]


def test_a_row_holds_nothing_of_what_was_typed(alice):
    guess(name="my secret by mistake", password="another secret")
    facts = str(list(SignInAttempt.objects.values()))
    assert "secret" not in facts
    attempt = SignInAttempt.objects.get()
    assert (attempt.user, attempt.address, attempt.method, len(attempt.mark)) == (None, HERE, "PASSWORD", 64)


def test_each_further_failure_holds_twice_as_long_until_somebody_signs_in(alice):
    now, waits = timezone.now(), []
    for _ in range(13):
        attempt = tried(now)
        waits.append(attempt.account_held_until and (attempt.account_held_until - now) / MINUTE)
        now = attempt.account_held_until or now
    assert waits == [None, None, None, None, 1, 2, 4, 8, 16, 32, 60, 60, 60]
    attempt_settle(attempt=tried(now), outcome="SUCCEEDED", user=alice)
    assert tried(now + MINUTE).account_held_until is None


def test_who_is_held_is_told_how_long_and_is_compared_again_at_the_last_moment(alice):
    now = timezone.now()
    for _ in range(7):
        last = tried(now)
        now = last.account_held_until or now
    with pytest.raises(SignInHeld, match="in 2 minutes"):
        tried(now - MINUTE - timedelta(seconds=59))
    assert tried(now).outcome == "FAILED"


def test_failures_that_lie_apart_hold_nobody(alice):
    now = timezone.now()
    for number in range(10):
        assert tried(now + number * timedelta(minutes=4)).account_held_until is None


def test_an_address_is_held_after_thirty_names_and_an_account_of_its_own_does_not_free_it(alice):
    now = timezone.now()
    for number in range(29):
        assert tried(now, name=f"name{number}").address_held_until is None
    attempt_settle(attempt=tried(now), outcome="SUCCEEDED", user=alice)
    assert tried(now, name="name29").address_held_until == now + MINUTE
    with pytest.raises(SignInHeld):
        tried(now)
    assert tried(now, address=ELSEWHERE).outcome == "FAILED"


def test_a_spoofed_address_is_counted_where_it_comes_from(alice, settings):
    settings.TRUSTED_PROXIES = ["10.0.0.0/8"]
    for number in range(3):
        Client(REMOTE_ADDR=HERE).post(
            LOGIN, {"username": f"name{number}", "password": "x"}, headers={"x-forwarded-for": f"198.51.100.{number}"}
        )
    assert set(SignInAttempt.objects.values_list("address", flat=True)) == {HERE}


def test_the_limits_hold_while_the_cache_is_dead(alice, settings, tmp_path):
    with valkey_node(tmp_path) as node:
        settings.CACHES = {"default": settings.CACHES["default"] | {"LOCATION": node.url}}
        node.kill()
        for _ in range(5):
            guess()
        assert HELD in guess(password=PASSWORD)[1].content.decode()


@pytest.mark.django_db(transaction=True)
def test_two_workers_let_no_more_guesses_through_than_one():
    make_alice()
    start, each = Barrier(2), 8

    def work():
        start.wait(10)
        try:
            for _ in range(each):
                guess()
        finally:
            connection.close()

    threads = [Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert outcomes(outcome="FAILED") == ["FAILED"] * 5
    assert SignInAttempt.objects.exclude(account_held_until=None).count() == 1


def test_who_goes_on_while_held_fills_neither_the_table_nor_the_trail(alice):
    for _ in range(12):
        guess()
    assert outcomes() == [*["FAILED"] * 5, "HELD"]
    assert AuditEvent.objects.get(verb="identity.user.sign_in_held").subject_id == alice.pk


def test_a_right_password_without_a_role_is_told_apart(db):
    User.objects.create_user("ann", password=PASSWORD)
    assert "has no role here" in guess(name="ann", password=PASSWORD)[1].content.decode()
    attempt = SignInAttempt.objects.get()
    assert (attempt.outcome, attempt.cause, attempt.user.username) == ("REFUSED", "no role", "ann")


def test_a_sign_in_by_the_provider_is_a_row_too(alice):
    client = Client(REMOTE_ADDR=HERE)
    client.force_login(alice, backend="finpulse.identity.oidc.backend.SingleSignOnBackend")
    attempt = SignInAttempt.objects.get()
    assert (attempt.user, attempt.method, attempt.outcome) == (alice, "OIDC", "SUCCEEDED")
    assert SignInSession.objects.get().method == "OIDC"


def test_the_list_is_searched_by_user_by_the_name_typed_and_by_address(people):
    now = timezone.now()
    attempt_record(method="PASSWORD", outcome="FAILED", now=now, user=people.alice, name="alice", address=HERE)
    attempt_record(method="PASSWORD", outcome="FAILED", now=now, name="mallory", address=ELSEWHERE)
    attempt_record(method="OIDC", outcome="REFUSED", now=now - timedelta(days=9), cause="nonce", address=HERE)
    client = Client()
    client.force_login(people.grace, backend="finpulse.identity.backends.RoleAndScopeBackend")
    for query, count in (
        ("", 3),
        ("q=alice", 1),
        ("q=Mallory", 1),
        ("q=nobody", 0),
        (f"q={HERE}", 2),
        ("outcome__exact=REFUSED", 1),
        ("method__exact=PASSWORD", 2),
        (f"at__gte={quote((now - timedelta(days=1)).isoformat())}", 2),
    ):
        assert client.get(f"{LIST}?{query}").context["cl"].result_count == count, query


def test_old_attempts_and_ended_sign_ins_are_forgotten_and_younger_ones_kept(alice, settings):
    now = timezone.now()
    running, ended = make_sign_in(alice), make_sign_in(alice)
    SignInSession.objects.filter(pk=ended.pk).update(ended_at=now - timedelta(days=11), end_reason="IDLE")
    for days in (10, 11):
        attempt_record(method="PASSWORD", outcome="FAILED", now=now - timedelta(days=days), name="alice")
    settings.SIGN_IN_KEPT_DAYS = 11
    assert sign_ins_forget(now=now) == 0
    settings.SIGN_IN_KEPT_DAYS = 10
    assert sign_ins_forget(now=now + timedelta(seconds=1)) == 3
    assert SignInSession.objects.get() == running
    assert not SignInAttempt.objects.exists()


def test_a_network_of_ones_own_in_ipv6_is_one_address(alice):
    now = timezone.now()
    for number in range(30):
        tried(now, name=f"name{number}", address=f"2001:db8::{number:x}")
    with pytest.raises(SignInHeld):
        tried(now, name="another", address="2001:db8::ffff:1")
    assert tried(now, name="another", address="2001:db8:0:1::1").outcome == "FAILED"


def test_the_database_lets_only_a_failure_hold(alice):
    attempt_settle(attempt=tried(timezone.now()), outcome="SUCCEEDED", user=alice)
    with pytest.raises(IntegrityError), transaction.atomic():
        SignInAttempt.objects.update(account_held_until=timezone.now())
