"""Production refuses to start rather than fall back."""

import os
import subprocess
import sys

START = "import django; django.setup()"


def start(**values):
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    environment = kept | values | {"DJANGO_SETTINGS_MODULE": "finpulse.settings.production"}
    return subprocess.run([sys.executable, "-c", START], env=environment, capture_output=True, text=True, check=False)


def test_it_names_everything_that_is_missing():
    ended = start(SECRET_KEY="x")
    assert ended.returncode != 0
    for name in (
        "DATABASE_URL",
        "DATABASE_OWNER_URL",
        "REDIS_URL",
        "BROKER_URL",
        "OIDC_ISSUER",
        "FIELD_ENCRYPTION_KEYS",
    ):
        assert name in ended.stderr
    assert "SECRET_KEY" not in ended.stderr.rpartition("FinPulse cannot start")[2]


def test_a_secret_may_be_a_file(tmp_path):
    secret = tmp_path / "secret"
    secret.write_text("from a file\n")
    ended = start(SECRET_KEY_FILE=str(secret))
    assert "SECRET_KEY" not in ended.stderr.rpartition("FinPulse cannot start")[2]
