"""What a script hears whose token is wrong."""

from __future__ import annotations

from django.utils import timezone
from rest_framework.exceptions import APIException, AuthenticationFailed

from finpulse.identity.models import User
from finpulse.identity.services import SignInHeld
from finpulse.identity.services.token_attempts import attempt_by_token


class TokenWrong(AuthenticationFailed):
    """A token that signs nobody in: a sentence for the script, `cause` for the list of sign-ins, whose it was."""

    def __init__(self, sentence: str, *, cause: str, user: User | None = None) -> None:
        super().__init__(sentence)
        self.cause, self.user = cause, user


class TokensHeld(APIException):
    """One wrong token too many from this address. A right one is taken all the while."""

    status_code = 429

    def __init__(self, error: TokenWrong, held: SignInHeld) -> None:
        super().__init__(f"{error.detail} Too many wrong tokens came from your address: correct it before you go on.")
        # Seconds; the answer's Retry-After.
        self.wait = held.wait.total_seconds()


def count_wrong(error: TokenWrong, address: str | None) -> None:
    """Count it for the address. :raises TokensHeld: when there were too many."""
    try:
        attempt_by_token(cause=error.cause, user=error.user, address=address, now=timezone.now())
    except SignInHeld as held:
        raise TokensHeld(error, held) from error
