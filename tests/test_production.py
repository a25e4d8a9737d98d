"""Production refuses to start rather than fall back."""

import os
import subprocess
import sys

START = "import django; django.setup()"


def start(program=START, /, **values):
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    environment = kept | values | {"DJANGO_SETTINGS_MODULE": "finpulse.settings.production"}
    return subprocess.run([sys.executable, "-c", program], env=environment, capture_output=True, text=True, check=False)


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


SAID = "import django; django.setup(); from django.conf import settings as s; print(*(getattr(s, n) for n in {names}))"
NEEDED = {
    "SECRET_KEY": "k" * 60,
    "ALLOWED_HOSTS": "finpulse.bank.example",
    "DATABASE_URL": "postgresql://web:x@127.0.0.1:9/finpulse",
    "DATABASE_OWNER_URL": "postgresql://owner:x@127.0.0.1:9/finpulse",
    "REDIS_URL": "redis://127.0.0.1:9",
    "BROKER_URL": "amqp://127.0.0.1:9",
    "OIDC_ISSUER": "https://sso.bank.example",
    "OIDC_CLIENT_ID": "finpulse",
    "OIDC_CLIENT_SECRET": "x",
    "EMAIL_URL": "smtp://127.0.0.1:9",
    "FIELD_ENCRYPTION_KEYS": "one:" + "A" * 43 + "=",
    "AUDIT_SEAL_KEY": "x",
    "BASE_CURRENCY": "CZK",
    "PUBLIC_URL": "https://finpulse.bank.example",
}


def test_it_speaks_https_only_for_a_year_on_every_subdomain_with_cookies_of_this_host_alone():
    names = ["SECURE_SSL_REDIRECT", "SECURE_HSTS_SECONDS", "SECURE_HSTS_INCLUDE_SUBDOMAINS", "SESSION_COOKIE_SECURE"]
    names += ["CSRF_COOKIE_SECURE", "PASSWORD_SIGN_IN", "DEBUG", "SESSION_COOKIE_NAME"]
    ended = start(SAID.format(names=names), **NEEDED)
    assert ended.returncode == 0, ended.stderr
    assert ended.stdout.split() == [*("True", "31536000", "True", "True", "True", "False", "False"), "__Host-sessionid"]
