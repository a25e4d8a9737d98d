"""The test suite: the local services with a database and cache numbers of its own, as the tables' owner."""

from finpulse.settings import env

env.use_owner_role()

from finpulse.settings.local import *  # noqa: F403
from finpulse.settings.local import DATABASES, REDIS_URL, STATIC_ROOT, STORAGES, addresses, caches

CACHES = caches(REDIS_URL, number=3)
CELERY_BROKER_URL = env.text("BROKER_URL") or f"{REDIS_URL.rstrip('/')}/4"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "notifications.smtp.EmailBackend"
EMAIL_HOST = "127.0.0.1"
AUDIT_HEAD_FILE = ""
# The access matrix asks faster than any script.
API_TOKEN_RATE = ""
EMAIL_FILE_PATH = addresses.VAR / "test-mail"
DATABASES["default"]["TEST"] = {"NAME": env.text("FINPULSE_TEST_DATABASE", "test_finpulse")}
# A page of a test names its files as they are in the checkout: nothing is collected.
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
# Whitenoise warns of a folder that is not there.
STATIC_ROOT.mkdir(parents=True, exist_ok=True)
