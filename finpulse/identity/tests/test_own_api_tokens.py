"""Making, listing and ending one's own tokens in the console."""

import re

import pytest
from django.test import Client

from finpulse.audit.models import AuditEvent
from finpulse.identity.models import ApiToken
from finpulse.identity.tests.tokens import bearing, let_expire, make_token

LIST, MAKE = "/admin/identity/api-tokens/", "/admin/identity/api-tokens/make/"
TYPED = {"name": "reports", "days": "30", "scopes": ["me:read"]}


def signed_in(user):
    client = Client()
    client.force_login(user, backend="finpulse.identity.backends.RoleAndScopeBackend")
    return client


@pytest.fixture
def alice(people):
    return signed_in(people.alice)


def test_the_page_that_answers_the_form_shows_the_token_and_no_page_does_again(alice):
    made = alice.post(MAKE, TYPED)
    text = re.search(r"fp_\w+", made.content.decode()).group()
    assert bearing(text).get("/api/v1/me/").json()["username"] == "alice"
    assert "no-store" in made.headers["Cache-Control"]
    token = ApiToken.objects.get()
    for url in (LIST, f"/admin/identity/apitoken/{token.pk}/revoke/"):
        page = alice.get(url).content.decode()
        assert token.name in page
        assert text not in page
    assert text not in str(list(AuditEvent.objects.values_list("detail", flat=True)))


def test_the_form_sent_twice_makes_one_token(alice):
    alice.post(MAKE, TYPED)
    again = alice.post(MAKE, TYPED)
    assert "revoke that first" in again.content.decode()
    assert ApiToken.objects.count() == 1


def test_nothing_is_offered_or_taken_that_the_owners_role_cannot_open(people):
    heidi = signed_in(people.heidi)
    assert "customers:read" not in heidi.get(MAKE).content.decode()
    refused = heidi.post(MAKE, TYPED | {"scopes": ["customers:read"]})
    assert refused.context["form"].errors["scopes"]
    assert not ApiToken.objects.exists()


def test_what_was_ticked_stays_ticked_beside_the_error(alice):
    page = alice.post(MAKE, TYPED | {"name": ""})
    assert page.context["form"].errors["name"]
    assert re.search(r'value="me:read" aria-label="Read me" checked', page.content.decode())


def test_the_owner_is_asked_and_then_the_token_is_refused_everywhere(people, alice):
    token, text = make_token(people.alice)
    url = f"/admin/identity/apitoken/{token.pk}/revoke/"
    assert f"fp_{token.prefix}" in alice.get(url).content.decode()
    assert bearing(text).get("/api/v1/me/").status_code == 200
    assert alice.post(url).headers["Location"] == LIST
    assert bearing(text).get("/api/v1/me/").status_code == 401
    assert token.name not in signed_in(people.alice).get(LIST).content.decode()
    assert "already" in alice.post(url, follow=True).content.decode()


def test_a_token_of_another_is_not_there(people, alice):
    token, _ = make_token(people.bob)
    url = f"/admin/identity/apitoken/{token.pk}/revoke/"
    assert (alice.get(url).status_code, alice.post(url).status_code) == (404, 404)
    assert token.name not in alice.get(LIST).content.decode()
    token.refresh_from_db()
    assert token.revoked_at is None


def test_a_system_administrator_sees_and_revokes_any_token(people):
    token, text = make_token(people.bob, name="of bob")
    heidi = signed_in(people.heidi)
    listed = heidi.get("/admin/identity/apitoken/").content.decode()
    assert "of bob" in listed
    for typed, found in ((f"fp_{token.prefix}", True), (text, True), ("bob", True), ("alice", False)):
        page = heidi.get("/admin/identity/apitoken/", {"q": typed}).content.decode()
        assert ("of bob" in page) is found, typed
    assert token.digest not in listed + heidi.get(f"/admin/identity/apitoken/{token.pk}/change/").content.decode()
    assert heidi.post(f"/admin/identity/apitoken/{token.pk}/revoke/").headers["Location"] == "/admin/identity/apitoken/"
    assert bearing(text).get("/api/v1/me/").status_code == 401
    assert AuditEvent.objects.get(verb="identity.apitoken.revoked").actor == people.heidi


def test_a_token_that_ends_within_two_weeks_says_so(people, alice):
    make_token(people.alice, days=14)
    assert "ends soon" in alice.get(LIST).content.decode()
    make_token(people.bob, days=15)
    assert "ends soon" not in signed_in(people.bob).get(LIST).content.decode()


def test_an_expired_token_is_said_to_be_and_may_be_cleared_away(people, alice):
    token, _ = make_token(people.alice)
    let_expire(token)
    assert "expired" in alice.get(LIST).content.decode()
    alice.post(f"/admin/identity/apitoken/{token.pk}/revoke/")
    assert not ApiToken.objects.filter(revoked_at=None).exists()
