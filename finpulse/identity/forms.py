"""The password form of the sign-in page."""

from __future__ import annotations

from typing import Any

from django.contrib.admin.forms import AdminAuthenticationForm
from django.core.exceptions import ValidationError

from finpulse.identity.services import SignInHeld


class SignInForm(AdminAuthenticationForm):
    """Waits until it is asked for: the bank's account comes first."""

    error_messages = {
        "invalid_login": "The user name or the password is wrong, or the account has no role here or is deactivated. "
        "Try again, sign in with the bank's account, or ask a system administrator.",
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Take the focus only to have corrected what was wrong."""
        super().__init__(*args, **kwargs)
        if not self.is_bound:
            self.fields["username"].widget.attrs.pop("autofocus", None)

    def clean(self) -> dict[str, Any]:
        """Say how long to wait after too many failures."""
        try:
            return super().clean()
        except SignInHeld as refusal:
            raise ValidationError(str(refusal), code="held") from refusal
