"""The password form of the sign-in page."""

from __future__ import annotations

from typing import Any

from django.contrib.admin.forms import AdminAuthenticationForm


class SignInForm(AdminAuthenticationForm):
    """Waits until it is asked for: the bank's account comes first."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Take the focus only to have corrected what was wrong."""
        super().__init__(*args, **kwargs)
        if not self.is_bound:
            self.fields["username"].widget.attrs.pop("autofocus", None)
