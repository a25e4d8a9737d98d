"""The page of roles and permissions says what the code says."""

import io

from django.core.management import call_command

from tests.services.require import CHECKOUT


def test_the_page_is_what_the_code_declares():
    printed = io.StringIO()
    call_command("role_table", stdout=printed)
    assert (CHECKOUT / "docs/development/permissions.md").read_text(encoding="utf-8") == printed.getvalue()
