"""Signing in by the bank's identity provider, over real sockets."""

import pytest

from finpulse.audit.models import AuditEvent
from finpulse.identity.models import User
from finpulse.identity.services import user_bind_sign_in, user_set_roles
from tests.people import make_units


def roles(username):
    return set(User.objects.get(username=username).groups.values_list("name", flat=True))


def test_a_first_sign_in_makes_the_user_with_claimed_roles_and_unit(browser):
    make_units()
    response = browser.sign_in("alice")
    assert response.headers["Location"] == "/admin/crm/customer/"
    alice = User.objects.get(username="alice")
    assert (alice.oidc_issuer, alice.oidc_subject, alice.unit.code) == (browser.issuer, "alice", "NORTH")
    assert roles("alice") == {"customer_manager"}
    assert browser.client.get("/admin/").status_code == 200
    assert AuditEvent.objects.filter(verb="identity.user.roles_set", subject_id=alice.pk).exists()


def test_a_role_that_is_no_longer_claimed_is_gone_at_the_next_sign_in(browser):
    browser.claims("bob", roles=["customer_manager", "auditor"])
    browser.sign_in("bob")
    assert roles("bob") == {"customer_manager", "auditor"}
    browser.claims("bob", roles=["customer_manager"])
    browser.sign_in("bob")
    assert roles("bob") == {"customer_manager"}


def test_nobody_becomes_a_superuser_by_a_claim(browser):
    browser.claims("bob", roles=["customer_manager"], is_superuser=True, is_staff=True)
    browser.sign_in("bob")
    assert not User.objects.get(username="bob").is_superuser


@pytest.mark.parametrize("claimed", [[], ["chief_of_everything"]])
def test_who_has_no_role_here_is_told_so(browser, claimed):
    browser.claims("bob", roles=claimed)
    browser.sign_in("bob")
    assert "no role in FinPulse" in browser.said()
    assert not User.objects.filter(username="bob").exists()


def test_roles_that_defeat_dual_control_are_refused_together(browser):
    browser.claims("bob", roles=["system_administrator", "customer_manager"])
    browser.sign_in("bob")
    assert "may not be combined" in browser.said()


def test_an_account_is_never_taken_over_by_its_name(browser):
    browser.claims("bob", roles=["customer_manager"])
    User.objects.create_user("bob")
    browser.sign_in("bob")
    assert "belongs to another account" in browser.said()
    assert User.objects.get(username="bob").oidc_subject == ""


def test_an_account_made_beforehand_signs_in_once_bound_to_its_subject(browser):
    browser.claims("bob", roles=["customer_manager"])
    bob = User.objects.create_user("bob")
    user_bind_sign_in(user=bob, issuer=browser.issuer, subject="bob", actor=None)
    assert browser.sign_in("bob").headers["Location"] == "/admin/crm/customer/"


def test_a_deactivated_user_is_out_at_his_next_request_and_stays_out(browser):
    browser.claims("bob", roles=["customer_manager"])
    browser.sign_in("bob")
    User.objects.filter(username="bob").update(is_active=False)
    assert browser.client.get("/admin/").status_code == 302
    browser.sign_in("bob")
    assert "deactivated" in browser.said()


def test_a_provider_that_is_away_is_a_sentence(browser, settings):
    settings.OIDC_ISSUER = "http://127.0.0.1:9"
    assert browser.start() == "/admin/login/"
    assert "does not answer" in browser.said()


def test_signing_out_ends_the_session_here_and_at_the_provider(browser):
    browser.claims("bob", roles=["customer_manager"])
    browser.sign_in("bob")
    location = browser.client.post("/admin/logout/").headers["Location"]
    assert location.startswith(f"{browser.issuer}/")
    assert "id_token_hint=" in location
    assert browser.client.get("/admin/").status_code == 302


def test_a_password_signs_in_only_where_settings_allow_it(browser, settings):
    bob = User.objects.create_user("bob", password="finpulse-demo")
    user_set_roles(user=bob, names=["customer_manager"], actor=None, reason="a test")
    facts = {"username": "bob", "password": "finpulse-demo"}
    settings.PASSWORD_SIGN_IN = False
    browser.client.post("/admin/login/", facts)
    assert browser.client.get("/admin/").status_code == 302
    settings.PASSWORD_SIGN_IN = True
    browser.client.post("/admin/login/?next=/admin/", facts)
    assert browser.client.get("/admin/").status_code == 200


def test_who_is_signed_in_without_a_role_is_refused_rather_than_sent_in_a_circle(browser):
    ann = User.objects.create_user("ann")
    browser.client.force_login(ann, backend="finpulse.identity.backends.RoleAndScopeBackend")
    assert browser.client.get("/admin/", follow=True).status_code == 403
