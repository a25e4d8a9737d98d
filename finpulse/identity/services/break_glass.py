"""The account for when the bank's sign-in is away. Its secrets are in the environment, never in the database."""

from __future__ import annotations

import logging
from datetime import datetime

import pyotp
from django.conf import settings
from django.contrib.auth.hashers import check_password
from django.db import transaction
from django.utils.crypto import constant_time_compare

from finpulse.audit.services import record
from finpulse.identity.models import SignInAttempt, SignInSession, UsedCode, User
from finpulse.identity.services.attempts import attempt_begin, attempt_settle
from finpulse.identity.services.roles import user_set_roles
from finpulse.kernel.errors import DomainError

logger = logging.getLogger(__name__)

LEAST_REASON = 20
ROLE = "system_administrator"
# Of the code before and the next one: clocks differ, and typing takes time.
STEPS_APART = 1
WRONG = "User name, password or code is wrong, or the code was used. Wait for the next code and try again."


class BreakGlassOpenRefused(DomainError):
    """Nobody is let in."""


def break_glass_is_on() -> bool:
    """Tell whether the account is configured: it is there with all of its settings, or not at all."""
    return bool(settings.BREAK_GLASS_USERNAME)


def break_glass_open(
    *, username: str, password: str, code: str, reason: str, address: str | None, now: datetime
) -> User:
    """Give the break-glass user, to be signed in, for a right password and a code that was not used yet.

    :raises BreakGlassOpenRefused: with the same sentence whatever is wrong.
    :raises SignInHeld: after too many failures.
    """
    if not break_glass_is_on():
        raise BreakGlassOpenRefused("There is no break-glass account.")
    if len(reason.strip()) < LEAST_REASON:
        raise BreakGlassOpenRefused(f"Say why, in {LEAST_REASON} letters or more: compliance reads it.")
    attempt = attempt_begin(method=SignInSession.Method.BREAK_GLASS, name=username, address=address, now=now)
    step = _step_of(code, now)
    # All are asked before any is answered, so that the time tells nothing.
    is_password = check_password(password, settings.BREAK_GLASS_PASSWORD_HASH)
    is_name = constant_time_compare(username, settings.BREAK_GLASS_USERNAME)
    if step is None or not (is_password and is_name):
        raise BreakGlassOpenRefused(WRONG)
    user = _opened(attempt, step, reason.strip(), now)
    logger.warning("The break-glass account was opened")
    return user


@transaction.atomic
def _opened(attempt: SignInAttempt, step: int, reason: str, now: datetime) -> User:
    _, is_fresh = UsedCode.objects.get_or_create(step=step, defaults={"used_at": now})
    if not is_fresh:
        raise BreakGlassOpenRefused(WRONG)
    user = _account()
    attempt_settle(attempt=attempt, outcome=SignInAttempt.Outcome.SUCCEEDED, user=user)
    record("identity.break_glass.opened", actor=user, subject=user, reason=reason, detail={"attempt": attempt.pk})
    return user


def _account() -> User:
    """Give the account, made at its first use; it has no password here, and its one role."""
    name = settings.BREAK_GLASS_USERNAME
    user: User | None = User.objects.select_for_update().filter(username=name).first()
    if user is None:
        user = User.objects.create_user(name, first_name="Break-glass", last_name="account")
    roles = set(user.groups.values_list("name", flat=True))
    if user.has_usable_password() or user.oidc_subject or roles - {ROLE}:
        raise BreakGlassOpenRefused(f"The name {name} belongs to another account: choose another one in the settings.")
    if not user.is_active:
        raise BreakGlassOpenRefused("The break-glass account is deactivated.")
    return user_set_roles(user=user, names=[ROLE], actor=None, reason="break-glass")


def _step_of(code: str, now: datetime) -> int | None:
    """Give the time step whose code this is, None for none near `now`."""
    totp = pyotp.TOTP(settings.BREAK_GLASS_TOTP_SECRET)
    try:
        return totp.verify_and_get_timecode("".join(code.split()), for_time=now, valid_window=STEPS_APART)
    except pyotp.exceptions.OTPVerificationError:
        return None
