"""Making and ending API tokens, and what the database refuses whoever asks."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from finpulse.audit.models import AuditEvent
from finpulse.identity.models import ApiToken, User
from finpulse.identity.services.api_tokens import (
    ApiTokenMakeRefused,
    ApiTokenRevokeRefused,
    api_token_make,
    api_token_revoke,
)
from finpulse.identity.tests.tokens import make_token
from finpulse.identity.token_facts import MOST_TOKENS
from finpulse.identity.token_secret import ALPHABET, SECRET_LETTERS, digest_of, new_secret
from finpulse.kernel.api.scopes import known_scopes, resources, scope_words
from finpulse.kernel.errors import InputError
from finpulse.kernel.registries import api_routes


def test_a_token_is_kept_as_a_digest_and_its_making_is_told_without_it(people):
    token, text = make_token(people.alice, "tasks:read", "customers:read")
    assert text.startswith(f"fp_{token.prefix}_")
    assert token.digest == digest_of(text)
    assert token.scopes == ["customers:read", "tasks:read"]
    secret = text.split("_")[2]
    row = ApiToken.objects.filter(pk=token.pk).values().get()
    event = AuditEvent.objects.get(verb="identity.apitoken.made")
    assert secret not in str(row) + str(event.detail)
    assert (event.actor, event.subject_id) == (people.alice, token.pk)


def test_a_secret_is_of_256_random_bits_and_never_shown_by_accident():
    assert len(ALPHABET) ** SECRET_LETTERS >= 2**256
    made = [new_secret() for _ in range(100)]
    assert len({one.text for one in made}) == len({one.digest for one in made}) == 100
    assert all(one.text not in repr(one) for one in made)


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"name": " "}, "name"),
        ({"scopes": ()}, "scopes"),
        ({"scopes": ("tasks:read", "tasks:delete")}, "scopes"),
        ({"scopes": ("everything",)}, "scopes"),
        ({"scopes": ("products:write",)}, "scopes"),
        ({"days": 0}, "days"),
        ({"days": 91}, "days"),
    ],
)
def test_a_token_is_refused_that_none_can_be(people, changed, field):
    facts = {"name": "reports", "scopes": ("tasks:read",), "days": 30, "actor": people.alice} | changed
    with pytest.raises(InputError) as refusal:
        api_token_make(**facts)
    assert refusal.value.field == field
    assert not ApiToken.objects.exists()


def test_two_live_tokens_of_a_user_bear_two_names(people):
    token, _ = make_token(people.alice)
    with pytest.raises(ApiTokenMakeRefused, match="revoke that first"):
        make_token(people.alice)
    make_token(people.bob)
    api_token_revoke(token_id=token.pk, actor=people.alice)
    make_token(people.alice)


def test_nobody_has_more_tokens_than_he_can_look_after(people):
    for number in range(MOST_TOKENS):
        make_token(people.alice, name=str(number))
    with pytest.raises(ApiTokenMakeRefused, match="no longer need"):
        make_token(people.alice, name="one more")


@pytest.mark.parametrize("change", [{"is_active": False}, {"groups": ()}])
def test_who_has_no_place_here_makes_no_token(people, change):
    if "groups" in change:
        people.alice.groups.clear()
    else:
        User.objects.filter(pk=people.alice.pk).update(**change)
    with pytest.raises(ApiTokenMakeRefused):
        make_token(people.alice)


def test_a_token_is_revoked_once_by_its_owner_or_a_system_administrator_and_by_nobody_else(people):
    mine, _ = make_token(people.alice, name="mine")
    watched, _ = make_token(people.alice, name="watched")
    for stranger in (people.bob, people.dana, people.erin, people.grace):
        with pytest.raises(ApiTokenRevokeRefused):
            api_token_revoke(token_id=mine.pk, actor=stranger)
    api_token_revoke(token_id=mine.pk, actor=people.alice)
    api_token_revoke(token_id=watched.pk, actor=people.heidi)
    with pytest.raises(ApiTokenRevokeRefused, match="already"):
        api_token_revoke(token_id=mine.pk, actor=people.heidi)
    events = AuditEvent.objects.filter(verb="identity.apitoken.revoked").order_by("id")
    assert [(event.actor, event.subject_id) for event in events] == [
        (people.alice, mine.pk),
        (people.heidi, watched.pk),
    ]


def test_the_database_refuses_what_no_token_can_be(people):
    token, _ = make_token(people.alice)
    rows, now = ApiToken.objects.filter(pk=token.pk), timezone.now()
    for bad in (
        {"scopes": []},
        {"digest": "plain text"},
        {"expires_at": token.created_at},
        {"expires_at": token.created_at + timedelta(days=90, seconds=1)},
        {"kind": "SERVICE", "expires_at": token.created_at + timedelta(days=365, seconds=1)},
        {"kind": "OTHER"},
        {"revoked_by": people.heidi},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(**bad)
    rows.update(kind="SERVICE", expires_at=token.created_at + timedelta(days=365))
    rows.update(revoked_at=now, revoked_by=people.heidi)


def test_every_resource_of_the_api_is_offered_and_writing_only_where_something_is_written():
    offered = {resource.name: resource.is_written for resource in resources()}
    assert set(offered) == {"*"} | {name for name, _ in api_routes.items()}
    assert (offered["tasks"], offered["notifications"], offered["products"], offered["me"]) == (
        True,
        True,
        False,
        False,
    )
    assert {"*:read", "*:write", "tasks:write", "products:read"} <= known_scopes()


def test_nothing_is_offered_that_the_role_cannot_open(people):
    names = {resource.name for resource in resources(people.heidi.access.permissions)}
    assert "customers" not in names
    assert {"*", "me"} <= names


def test_scopes_are_said_in_words():
    assert scope_words(["feed-loads:read", "tasks:write", "tasks:read", "*:read"]) == [
        "read everything",
        "read feed loads",
        "read and write tasks",
    ]
