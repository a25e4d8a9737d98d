"""Tokens for tests, and scripts that send them."""

from datetime import timedelta

from django.test import Client
from django.utils import timezone

from finpulse.identity.models import ApiToken, User
from finpulse.identity.services import user_set_roles
from finpulse.identity.services.api_tokens import api_token_make
from finpulse.identity.services.service_tokens import api_token_fetch, api_token_offer


def make_token(user, *scopes, name="reports", days=30):
    """Give a token and its text; to an integration one that two people agreed on."""
    if "integration" in user.access.roles:
        return service_token(user, *scopes, name=name, days=days)
    return api_token_make(name=name, scopes=scopes or ("*:read", "*:write"), days=days, actor=user)


def service_token(user, *scopes, name="reports", days=30):
    """Give a token of an integration, fetched by who answers for it."""
    keeper = User.objects.create_user(f"keeper of {name}")
    user_set_roles(user=keeper, names=("auditor",), actor=None, reason="a test")
    facts = {"name": name, "scopes": scopes or ("*:read", "*:write"), "days": days}
    offered = api_token_offer(user=user, **facts, keeper=again(keeper), actor=again(keeper))
    return api_token_fetch(token_id=offered.pk, actor=again(keeper))


def bearing(text):
    """Give a script that sends this token, and would have to send a CSRF token if one were asked for."""
    return Client(headers={"authorization": f"Bearer {text}"}, enforce_csrf_checks=True)


def let_expire(token):
    """Have its last moment pass."""
    now = timezone.now()
    ApiToken.objects.filter(pk=token.pk).update(created_at=now - timedelta(days=2), expires_at=now)


def again(user):
    """Give the user as a request would read him."""
    return User.objects.with_access().get(pk=user.pk)
