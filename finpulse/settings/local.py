"""A developer's machine: services under var/ where the environment names none, passwords beside the demo sign-in."""

from finpulse.local import addresses
from finpulse.settings import env
from finpulse.settings.base import *  # noqa: F403
from finpulse.settings.base import INSTALLED_APPS, caches, content_security_policy, databases

DEBUG = False
SECRET_KEY = env.text("SECRET_KEY") or addresses.secret("django")
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]"]
INTERNAL_IPS = ["127.0.0.1"]
PASSWORD_SIGN_IN = True

# The style page, at /admin/style/.
INSTALLED_APPS = [*INSTALLED_APPS, "finpulse.local.style"]

DATABASE_URL = env.text("DATABASE_URL") or addresses.database_url()
DATABASE_OWNER_URL = env.text("DATABASE_OWNER_URL") or env.text("DATABASE_URL") or addresses.database_owner_url()
REDIS_URL = env.text("REDIS_URL") or addresses.redis_url()
DATABASES = databases(DATABASE_URL, DATABASE_OWNER_URL)
CACHES = caches(REDIS_URL)
CELERY_BROKER_URL = env.text("BROKER_URL") or f"{REDIS_URL.rstrip('/')}/2"

OIDC_ISSUER = env.text("OIDC_ISSUER") or addresses.issuer_url()
OIDC_RP_CLIENT_ID = env.text("OIDC_CLIENT_ID") or "finpulse-local"
OIDC_RP_CLIENT_SECRET = env.text("OIDC_CLIENT_SECRET") or addresses.secret("oidc_client")
OIDC_ROLE_NAMES_COUNT = True
CONTENT_SECURITY_POLICY = content_security_policy(OIDC_ISSUER)

FIELD_ENCRYPTION_KEYS = env.words("FIELD_ENCRYPTION_KEYS") or [f"local:{addresses.secret('field_encryption')}"]
AUDIT_SEAL_KEY = env.text("AUDIT_SEAL_KEY") or addresses.secret("audit_seal")
# The head is that of one database: whoever names another names a file for it too, or keeps none.
AUDIT_HEAD_FILE = env.text("AUDIT_HEAD_FILE") or ("" if env.text("DATABASE_URL") else str(addresses.VAR / "audit-head"))

# Without EMAIL_URL a message is a file under var/mail, so that a newcomer can read what was sent.
if email_url := env.text("EMAIL_URL"):
    globals().update(env.email(email_url))
else:
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = addresses.VAR / "mail"
