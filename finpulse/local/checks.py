"""`make check`: every gate that needs no test run, one line each."""

import base64
import os
import secrets
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass, field

from finpulse.local.complexity import PACKAGES
from finpulse.local.state import CHECKOUT

LOCAL = "finpulse.settings.local"
APPS = [name for name in PACKAGES if name not in ("bench", "tests")]


@dataclass(frozen=True)
class Step:
    """One gate: what it holds, the module and arguments that hold it, and what it needs in the environment."""

    name: str
    arguments: list[str]
    environment: Mapping[str, str] = field(default_factory=dict)

    def run(self) -> bool:
        """Run the gate and print its line, with what it said where it failed; tell whether it held."""
        started_at = time.monotonic()
        answer = subprocess.run(
            [sys.executable, *self.arguments],
            cwd=CHECKOUT,
            env={**os.environ, **self.environment},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        held = answer.returncode == 0
        lines = answer.stdout.strip().splitlines()
        word = "ok    " if held else "FAILED"
        print(
            f"{word} {self.name} ({time.monotonic() - started_at:.1f} s) {lines[-1] if held and lines else ''}".rstrip()
        )
        if not held:
            print(answer.stdout)
        return held


def steps() -> list[Step]:
    """Give the gates, the quick ones first."""
    return [
        Step("lint", ["-m", "ruff", "check", "."]),
        Step("format", ["-m", "ruff", "format", "--check", "."]),
        Step("complexity", ["-m", "finpulse.local.complexity"]),
        Step("layers", ["-c", "from importlinter.cli import lint_imports_command; lint_imports_command()"]),
        Step("templates", ["-m", "djlint", "--lint", "--quiet", "templates", *APPS]),
        Step("security", ["-m", "bandit", "-q", "-ll", "-c", "pyproject.toml", "-r", "manage.py", *APPS]),
        Step("migrations", ["manage.py", "makemigrations", "--check", "--dry-run"], {"DJANGO_SETTINGS_MODULE": LOCAL}),
        Step("deployment", ["manage.py", "check", "--deploy", "--fail-level", "WARNING"], production()),
        Step("types", ["-m", "mypy", "."], {"DJANGO_SETTINGS_MODULE": LOCAL}),
    ]


def production() -> dict[str, str]:
    """Give all that production settings ask for; nothing of it leads anywhere."""
    key = base64.urlsafe_b64encode(secrets.token_bytes(32)).decode()
    return {
        "DJANGO_SETTINGS_MODULE": "finpulse.settings.production",
        "SECRET_KEY": secrets.token_urlsafe(64),
        "ALLOWED_HOSTS": "finpulse.example",
        "DATABASE_URL": "postgresql://finpulse_web@db.example/finpulse",
        "DATABASE_OWNER_URL": "postgresql://finpulse_owner@db.example/finpulse",
        "REDIS_URL": "redis://cache.example",
        "BROKER_URL": "amqp://broker.example",
        "OIDC_ISSUER": "https://sign-in.example",
        "OIDC_CLIENT_ID": "finpulse",
        "OIDC_CLIENT_SECRET": key,
        "EMAIL_URL": "smtps://mail.example:465",
        "FIELD_ENCRYPTION_KEYS": f"check:{key}",
        "AUDIT_SEAL_KEY": key,
        "BASE_CURRENCY": "CZK",
        "PUBLIC_URL": "https://finpulse.example",
    }


def check() -> int:
    """Run every gate, also after one has failed; give the exit status."""
    results = [step.run() for step in steps()]
    print(f"{sum(results)} of {len(results)} checks passed")
    return 0 if all(results) else 1
