"""The one reader of the environment. Every name may also be given as NAME_FILE, a path whose content is the value."""

import os
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

_process = {"owner_role": False}


def use_owner_role() -> None:
    """Connect this process as the tables' owner: called by manage.py before settings load, for migrations and seeds."""
    _process["owner_role"] = True


def is_owner_role() -> bool:
    """Tell whether this process connects as the tables' owner."""
    return _process["owner_role"]


def text(name: str, default: str = "") -> str:
    """Give the value of NAME, or the content of the file that NAME_FILE points to, or the default."""
    if path := os.environ.get(f"{name}_FILE"):
        return Path(path).read_text(encoding="utf-8").strip()
    return os.environ.get(name, default)


def words(name: str, default: str = "") -> list[str]:
    """Give a comma-separated value as a list without blanks."""
    return [word.strip() for word in text(name, default).split(",") if word.strip()]


def require(*names: str) -> None:
    """Refuse to start while any of the names is missing.

    :raises ImproperlyConfigured: naming every one that is missing.
    """
    if missing := [name for name in names if not text(name)]:
        raise ImproperlyConfigured(f"FinPulse cannot start: set {', '.join(missing)} (or the same name with _FILE).")


def database(url: str, **options: object) -> dict[str, object]:
    """Turn postgresql://user:password@host:port/name?key=value into Django's connection settings."""
    parts = urlsplit(url)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or ""),
        "OPTIONS": dict(parse_qsl(parts.query)) | options,
    }


def email(url: str) -> dict[str, object]:
    """Turn smtp://user:password@host:port (smtps:// TLS, smtp+tls:// STARTTLS) into Django's e-mail settings."""
    parts = urlsplit(url)
    return {
        "EMAIL_HOST": parts.hostname or "",
        "EMAIL_PORT": parts.port or 25,
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_TLS": parts.scheme == "smtp+tls",
        "EMAIL_USE_SSL": parts.scheme == "smtps",
    }
