"""Make the secrets of a break-glass account."""

from __future__ import annotations

import secrets
from typing import Any

import pyotp
from django.contrib.auth.hashers import make_password
from django.core.management.base import BaseCommand, CommandParser

PASSWORD_BYTES = 18


class Command(BaseCommand):
    """Shows a password and an authenticator's secret once, and what goes into the environment; keeps neither."""

    help = "Make the password, its hash and the TOTP secret of a break-glass account. Nothing is kept: write them down."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the user name."""
        parser.add_argument("username", help="the account's user name, which no other account has")

    def handle(self, *args: Any, **options: Any) -> None:
        """Show them."""
        username, password, secret = options["username"], secrets.token_urlsafe(PASSWORD_BYTES), pyotp.random_base32()
        address = pyotp.TOTP(secret).provisioning_uri(name=username, issuer_name="FinPulse break-glass")
        self.stdout.write(f"For the sealed envelope\n  user name      {username}\n  password       {password}")
        self.stdout.write(f"  authenticator  {address}\n\nFor the environment (each better as NAME_FILE)")
        self.stdout.write(f"BREAK_GLASS_USERNAME={username}\nBREAK_GLASS_PASSWORD_HASH='{make_password(password)}'")
        self.stdout.write(f"BREAK_GLASS_TOTP_SECRET={secret}")
