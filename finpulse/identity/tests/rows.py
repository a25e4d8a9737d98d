"""How a row of each listed model is made."""

from datetime import timedelta
from itertools import count

from django.conf import settings
from django.utils import timezone

from finpulse.identity.models import ClaimMapping, Cover, Role, SignInAttempt, SignInSession, Unit, User
from finpulse.identity.models.api_token import ApiToken
from finpulse.identity.services import attempt_record, sign_in_start, unit_place
from finpulse.identity.token_secret import new_secret

numbers = count()


def make_unit():
    """Give a desk under the first unit there is."""
    number = next(numbers)
    parent = Unit.objects.order_by("pk").first()
    unit, _ = unit_place(code=f"DESK{number}", name=f"Desk {number}", kind="DESK", parent=parent, actor=None)
    return unit


def make_user():
    """Give a colleague with a unit of his own."""
    return User.objects.create_user(f"colleague{next(numbers)}", unit=make_unit(), last_name="Colleague")


def make_token_of(user):
    """Give a token that lasts a month."""
    secret, now = new_secret(), timezone.now()
    facts = {"prefix": secret.prefix, "digest": secret.digest, "scopes": ["*:read"]}
    name = f"token {next(numbers)}"
    return ApiToken.objects.create(user=user, name=name, created_at=now, expires_at=now + timedelta(days=30), **facts)


def make_cover():
    """Give a cover between two strangers that runs now."""
    now, covered = timezone.now(), make_user()
    facts = {"reason": "a test", "given_by": covered, "starts_at": now, "ends_at": now + timedelta(days=1)}
    return Cover.objects.create(covered=covered, coverer=make_user(), **facts)


def make_sign_in(user):
    """Give a sign-in of the user that runs, in a browser that no test drives."""
    agent = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
    facts = {"address": "192.0.2.7", "agent": agent, "method": SignInSession.Method.PASSWORD, "now": timezone.now()}
    return sign_in_start(actor=user, session_key=f"a test's {next(numbers)}", **facts)


def make_claim_mapping():
    """Give a line of the table that gives a unit."""
    value = f"group {next(numbers)}"
    return ClaimMapping.objects.create(issuer=settings.OIDC_ISSUER, kind="UNIT", value=value, unit=make_unit())


def make_attempt(user):
    """Give an attempt of the user that failed."""
    facts = {"method": SignInSession.Method.PASSWORD, "outcome": SignInAttempt.Outcome.FAILED, "now": timezone.now()}
    return attempt_record(user=user, name=user.username, address="192.0.2.7", cause="a cause", **facts)


ROWS = {
    "identity.apitoken": lambda customer, user: make_token_of(user),
    "identity.claimmapping": lambda customer, user: make_claim_mapping(),
    "identity.cover": lambda customer, user: make_cover(),
    "identity.signinattempt": lambda customer, user: make_attempt(user),
    "identity.signinsession": lambda customer, user: make_sign_in(user),
    "identity.role": lambda customer, user: Role.objects.get(name="auditor"),
    "identity.unit": lambda customer, user: make_unit(),
    "identity.user": lambda customer, user: make_user(),
}
