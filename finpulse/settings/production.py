"""Production: every address and secret from the environment, none with a fallback."""

from finpulse.settings import env

env.require(
    "SECRET_KEY",
    "ALLOWED_HOSTS",
    "DATABASE_URL",
    "DATABASE_OWNER_URL",
    "REDIS_URL",
    "BROKER_URL",
    "OIDC_ISSUER",
    "OIDC_CLIENT_ID",
    "OIDC_CLIENT_SECRET",
    "EMAIL_URL",
    "FIELD_ENCRYPTION_KEYS",
    "AUDIT_SEAL_KEY",
    "BASE_CURRENCY",
    "PUBLIC_URL",
)

from finpulse.settings.base import *  # noqa: F403
from finpulse.settings.base import caches, databases

DATABASE_URL = env.text("DATABASE_URL")
DATABASE_OWNER_URL = env.text("DATABASE_OWNER_URL")
DATABASES = databases(DATABASE_URL, DATABASE_OWNER_URL)
CACHES = caches(env.text("REDIS_URL"))
CELERY_BROKER_URL = env.text("BROKER_URL")
globals().update(env.email(env.text("EMAIL_URL")))

SECURE_SSL_REDIRECT = True
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_HSTS_SECONDS = 31536000
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = True
SESSION_COOKIE_NAME = "__Host-sessionid"
CSRF_COOKIE_SECURE = True
CSRF_COOKIE_NAME = "__Host-csrftoken"
