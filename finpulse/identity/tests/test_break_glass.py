"""The account for when the bank's sign-in is away."""

import re
from datetime import timedelta
from io import StringIO

import pyotp
import pytest
from django.contrib.auth.hashers import check_password, make_password
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from finpulse.audit.models import AuditEvent
from finpulse.identity.checks import break_glass_settings
from finpulse.identity.models import SignInAttempt, SignInSession, UsedCode, User
from finpulse.identity.services import BreakGlassOpenRefused, break_glass_open
from finpulse.identity.services.break_glass import WRONG

PAGE, NAME, PASSWORD, SECRET = "/break-glass/", "glass", "a password in an envelope", "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
REASON = "The identity provider has been away for an hour."
TOTP = pyotp.TOTP(SECRET)


@pytest.fixture
def configured(db, settings):
    settings.BREAK_GLASS_USERNAME = NAME
    settings.BREAK_GLASS_PASSWORD_HASH = make_password(PASSWORD)
    settings.BREAK_GLASS_TOTP_SECRET = SECRET
    return settings


def facts(**other):
    return {"username": NAME, "password": PASSWORD, "code": TOTP.now(), "reason": REASON, **other}


def opened(client=None, **other):
    client = client or Client(REMOTE_ADDR="192.0.2.7")
    return client, client.post(PAGE, facts(**other))


def test_it_is_not_there_unless_it_is_configured(db):
    for method in ("get", "post", "head", "put"):
        assert getattr(Client(), method)(PAGE).status_code == 404
    with pytest.raises(BreakGlassOpenRefused):
        break_glass_open(**facts(), address=None, now=timezone.now())
    assert PAGE not in Client().get("/admin/login/").content.decode()


def test_both_secrets_and_a_reason_open_it_for_an_hour_with_one_role(configured):
    _, answer = opened()
    assert answer.headers["Location"] == "/admin/"
    sign_in, user = SignInSession.objects.get(), User.objects.get(username=NAME)
    assert (sign_in.method, sign_in.reason, sign_in.address) == ("BREAK_GLASS", REASON, "192.0.2.7")
    assert sign_in.expires_at - sign_in.started_at == timedelta(minutes=60)
    assert user.access.roles == {"system_administrator"}
    assert (user.is_superuser, user.has_usable_password()) == (False, False)
    assert SignInAttempt.objects.get().outcome == "SUCCEEDED"
    told = AuditEvent.objects.get(verb="identity.break_glass.opened")
    assert (told.actor, told.reason) == (user, REASON)


def test_every_page_says_that_the_glass_is_broken_and_no_customer_is_seen(configured):
    client, _ = opened()
    for page in ("/admin/", "/admin/identity/user/", "/admin/crm/customer/987654321/"):
        shown = client.get(page).content.decode()
        assert "Break-glass until" in shown
        assert REASON in shown
    assert client.get("/admin/crm/customer/").status_code == 403


def test_a_page_of_anybody_else_bears_no_banner(configured, people):
    client = Client()
    client.force_login(people.heidi, backend="finpulse.identity.backends.RoleAndScopeBackend")
    assert "Break-glass until" not in client.get("/admin/").content.decode()


def test_it_is_over_after_its_hour_however_busy(configured):
    client, _ = opened()
    now = timezone.now()
    SignInSession.objects.update(started_at=now - timedelta(minutes=60), seen_at=now, expires_at=now)
    assert client.get("/admin/").status_code == 302
    assert SignInSession.objects.get().end_reason == "ABSOLUTE"


def test_a_code_is_good_once_and_the_next_one_again(configured):
    code = TOTP.now()
    assert opened(code=code)[1].status_code == 302
    replayed, answer = opened(code=code)
    assert WRONG in answer.content.decode()
    assert replayed.get("/admin/").status_code == 302
    assert opened(code=TOTP.at(timezone.now(), counter_offset=1))[1].status_code == 302
    assert (UsedCode.objects.count(), User.objects.filter(username=NAME).count()) == (2, 1)


@pytest.mark.parametrize(
    "wrong", [{"username": "glas"}, {"password": "wrong"}, {"code": "000000"}, {"code": "x"}, {"code": "１２３４５６"}]
)
def test_whatever_is_wrong_is_answered_alike_and_uses_no_code_up(wrong, configured):
    client, answer = opened(**wrong)
    assert WRONG in answer.content.decode()
    assert client.get("/admin/").status_code == 302
    assert SignInAttempt.objects.get().outcome == "FAILED"
    assert not UsedCode.objects.exists()


def test_an_old_code_is_wrong(configured):
    assert WRONG in opened(code=TOTP.at(timezone.now(), counter_offset=-3))[1].content.decode()


def test_guesses_are_slowed_down_as_everywhere(configured):
    for _ in range(5):
        opened(password="wrong")
    assert "too many attempts" in opened()[1].content.decode()


@pytest.mark.parametrize("reason", ["", "because", " " * 40])
def test_without_a_reason_nothing_is_compared(reason, configured):
    _, answer = opened(reason=reason)
    assert "field__error" in answer.content.decode()
    with pytest.raises(BreakGlassOpenRefused, match="Say why"):
        break_glass_open(**facts(reason=reason), address=None, now=timezone.now())
    assert not SignInAttempt.objects.exists()


def test_taken_out_of_the_settings_it_is_out_at_the_next_request(configured):
    client, _ = opened()
    configured.BREAK_GLASS_USERNAME = ""
    assert client.get("/admin/").status_code == 302


def test_opened_over_somebody_elses_session_it_ends_that(configured, people):
    client = Client()
    client.force_login(people.alice, backend="finpulse.identity.backends.RoleAndScopeBackend")
    opened(client)
    assert SignInSession.objects.get(user=people.alice).end_reason == "REPLACED"
    assert client.get("/admin/").context["user"].username == NAME


def test_the_name_of_another_account_opens_nothing(configured, people):
    configured.BREAK_GLASS_USERNAME = "alice"
    assert "belongs to another account" in opened(username="alice")[1].content.decode()
    assert set(people.alice.groups.values_list("name", flat=True)) == {"customer_manager"}
    assert not UsedCode.objects.exists()


def test_the_database_knows_no_superuser_and_no_glass_broken_without_a_reason(configured):
    opened()
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.update(is_superuser=True)
    with pytest.raises(IntegrityError), transaction.atomic():
        SignInSession.objects.update(reason="")


def test_settings_that_nobody_could_use_are_told_before(configured):
    assert break_glass_settings() == []
    configured.BREAK_GLASS_TOTP_SECRET, configured.BREAK_GLASS_PASSWORD_HASH = "short", "plain words"
    assert {error.id for error in break_glass_settings()} == {"identity.E002", "identity.E003"}
    configured.BREAK_GLASS_TOTP_SECRET = ""
    assert [error.id for error in break_glass_settings()] == ["identity.E001"]


def test_the_command_makes_secrets_that_fit(configured):
    out = StringIO()
    call_command("break_glass_secrets", NAME, stdout=out)
    said = out.getvalue()
    password = re.search(r"password +(\S+)", said)[1]
    configured.BREAK_GLASS_PASSWORD_HASH = re.search(r"PASSWORD_HASH='(.+)'", said)[1]
    configured.BREAK_GLASS_TOTP_SECRET = re.search(r"TOTP_SECRET=(\w+)", said)[1]
    assert check_password(password, configured.BREAK_GLASS_PASSWORD_HASH)
    code = pyotp.TOTP(configured.BREAK_GLASS_TOTP_SECRET).now()
    assert opened(password=password, code=code)[1].status_code == 302
