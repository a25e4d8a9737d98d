"""What every place of use shares. No secret and no address: local, test and production say where those are from."""

from pathlib import Path

from csp.constants import NONE, SELF

from finpulse.settings import env

BASE_DIR = Path(__file__).resolve().parents[2]
SECRET_KEY = env.text("SECRET_KEY")
DEBUG = False
ALLOWED_HOSTS = env.words("ALLOWED_HOSTS")

INSTALLED_APPS = [
    "finpulse.admin_site.FinPulseAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.contrib.humanize",
    "django.forms",
    "csp",
    "django_htmx",
    "guardian",
    "pgtrigger",
    "pghistory",
    "mozilla_django_oidc",
    "django_celery_beat",
    "rest_framework",
    "django_filters",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "finpulse.kernel",
    "finpulse.audit",
    "finpulse.identity",
    "products",
    "notifications",
    "crm",
    "advisory",
]

MIDDLEWARE = [
    "finpulse.kernel.history.middleware.RequestNameMiddleware",
    "finpulse.kernel.headers.HeadersMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    # Here and not in the proxy: its random padding hides a page's length, which a word guessed right would change.
    "django.middleware.gzip.GZipMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "finpulse.kernel.in_place.InPlaceMiddleware",
    "finpulse.identity.middleware.SignInMiddleware",
    "finpulse.kernel.errors.middleware.DomainErrorMiddleware",
]

ROOT_URLCONF = "finpulse.urls"
WSGI_APPLICATION = "finpulse.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
            "libraries": {"heroicons": "finpulse.kernel.icons"},
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

LANGUAGE_CODE = "en-gb"
FORMAT_MODULE_PATH = ["finpulse.formats"]
TIME_ZONE = env.text("TIME_ZONE", "Europe/Prague")
USE_I18N = True
USE_TZ = True
BASE_CURRENCY = env.text("BASE_CURRENCY", "CZK")
# Verbs that the bank lets one person do alone, by the name of their proposal kind (docs/development/proposals.md).
DUAL_CONTROL_OFF = env.words("DUAL_CONTROL_OFF")

STATIC_URL = "/static/"
STATIC_ROOT = Path(env.text("STATIC_ROOT") or BASE_DIR / "var" / "static")
STATICFILES_DIRS = [BASE_DIR / "static"]
# Names carry a hash of the content, so that a browser keeps a file for good; compressed once, when files are collected.
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "finpulse.kernel.static_files.ConsoleStorage"},
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# A web request never waits long for a row or a plan: a stuck statement ends before its user gives up.
DATABASE_LIMITS = "-c statement_timeout=15000 -c lock_timeout=3000 -c idle_in_transaction_session_timeout=30000"


def databases(url: str, owner_url: str) -> dict[str, dict[str, object]]:
    """Give this process's connection: as the tables' owner for migrations and seeds, else as the web's role."""
    owner = env.is_owner_role()
    options = {} if owner else {"options": DATABASE_LIMITS}
    return {
        "default": env.database(owner_url if owner else url, **options)
        | {"CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True, "ATOMIC_REQUESTS": False}
    }


def caches(redis_url: str, number: int = 1) -> dict[str, dict[str, object]]:
    """Give the cache: short timeouts, no pickles, and a miss rather than an error while the server is down."""
    return {
        "default": {
            "BACKEND": "django_redis.cache.RedisCache",
            "LOCATION": f"{redis_url.rstrip('/')}/{number}",
            "OPTIONS": {
                "IGNORE_EXCEPTIONS": True,
                "SOCKET_CONNECT_TIMEOUT": 0.2,
                "SOCKET_TIMEOUT": 0.2,
                "SERIALIZER": "django_redis.serializers.json.JSONSerializer",
            },
        }
    }


AUTH_USER_MODEL = "identity.User"
AUTHENTICATION_BACKENDS = [
    "finpulse.identity.backends.RoleAndScopeBackend",
    "finpulse.identity.oidc.backend.SingleSignOnBackend",
    "finpulse.identity.break_glass.backend.BreakGlassBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
PASSWORD_SIGN_IN = False
LOGIN_URL = "admin:login"
LOGIN_REDIRECT_URL = "admin:index"
LOGOUT_REDIRECT_URL = "admin:login"

# Sessions live in the database: revocable with one DELETE, and a restarted cache revives none.
SESSION_ENGINE = "finpulse.identity.session_store"
SESSION_IDLE_MINUTES = int(env.text("SESSION_IDLE_MINUTES", "30"))
SESSION_ABSOLUTE_HOURS = int(env.text("SESSION_ABSOLUTE_HOURS", "10"))
SESSION_COOKIE_AGE = SESSION_ABSOLUTE_HOURS * 3600
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
# Whose X-Forwarded-For is believed: networks of our own proxies.
TRUSTED_PROXIES = env.words("TRUSTED_PROXIES")
SIGN_IN_KEPT_DAYS = int(env.text("SIGN_IN_KEPT_DAYS", "400"))
# The account for when the bank's sign-in is away (docs/operations/break-glass.md): off while these are empty.
BREAK_GLASS_USERNAME = env.text("BREAK_GLASS_USERNAME")
BREAK_GLASS_PASSWORD_HASH = env.text("BREAK_GLASS_PASSWORD_HASH")
BREAK_GLASS_TOTP_SECRET = env.text("BREAK_GLASS_TOTP_SECRET")
BREAK_GLASS_MINUTES = int(env.text("BREAK_GLASS_MINUTES", "60"))
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"

OIDC_ISSUER = env.text("OIDC_ISSUER")
OIDC_RP_CLIENT_ID = env.text("OIDC_CLIENT_ID")
OIDC_RP_CLIENT_SECRET = env.text("OIDC_CLIENT_SECRET")
# Access tokens of the provider open the API to these clients, when they were made for this audience.
OIDC_API_AUDIENCE = env.text("OIDC_API_AUDIENCE", "finpulse-api")
OIDC_API_CLIENTS = env.words("OIDC_API_CLIENTS")
OIDC_ROLE_CLAIM = env.text("OIDC_ROLE_CLAIM", "roles")
OIDC_UNIT_CLAIM = env.text("OIDC_UNIT_CLAIM", "unit")
# Roles come by the table of role mappings alone; see finpulse.identity.selectors.claims.
OIDC_ROLE_NAMES_COUNT = False
OIDC_RP_SCOPES = env.text("OIDC_SCOPES", "openid email profile")
# After so many minutes a sign-in is confirmed with the provider (0: never), and unconfirmed it ends after so many.
OIDC_CONFIRM_MINUTES = int(env.text("OIDC_CONFIRM_MINUTES", "10"))
OIDC_UNCONFIRMED_MINUTES = int(env.text("OIDC_UNCONFIRMED_MINUTES", "60"))
OIDC_USE_PKCE = True
OIDC_PKCE_CODE_CHALLENGE_METHOD = "S256"
OIDC_STATE_SIZE = 32
OIDC_TIMEOUT = 5

ANONYMOUS_USER_NAME = None
GUARDIAN_AUTO_PREFETCH = False
# guardian.W001 wants guardian's own backend listed: ours joins role and scope, and reads guardian's tables itself.
SILENCED_SYSTEM_CHECKS = ["guardian.W001"]

CSRF_FAILURE_VIEW = "finpulse.kernel.errors.pages.form_expired"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
# What no page of ours asks a browser for, so that whatever finds its way into one cannot either.
PERMISSIONS_REFUSED = (
    *("accelerometer", "autoplay", "bluetooth", "browsing-topics", "camera", "display-capture", "encrypted-media"),
    *("fullscreen", "gamepad", "geolocation", "gyroscope", "hid", "identity-credentials-get", "idle-detection"),
    *("local-fonts", "magnetometer", "microphone", "midi", "payment", "picture-in-picture", "screen-wake-lock"),
    *("serial", "storage-access", "usb", "web-share", "window-management", "xr-spatial-tracking"),
)


def content_security_policy(issuer: str) -> dict[str, object]:
    """Give the policy: nothing but our own files; a form may also lead to the identity provider, to sign out."""
    return {
        "DIRECTIVES": {
            "default-src": [NONE],
            "script-src": [SELF],
            "style-src": [SELF],
            "img-src": [SELF, "data:"],
            "font-src": [SELF],
            "connect-src": [SELF],
            "manifest-src": [SELF],
            "form-action": [SELF, *([issuer] if issuer else [])],
            "frame-ancestors": [NONE],
            "base-uri": [NONE],
            "object-src": [NONE],
        }
    }


CONTENT_SECURITY_POLICY = content_security_policy(OIDC_ISSUER)

FIELD_ENCRYPTION_KEYS = env.words("FIELD_ENCRYPTION_KEYS")
AUDIT_SEAL_KEY = env.text("AUDIT_SEAL_KEY")
# How many identifiers one person has shown whole, and at how many within an hour compliance hears of it.
REVEALS_PER_HOUR = int(env.text("REVEALS_PER_HOUR", "10"))
REVEALS_PER_DAY = int(env.text("REVEALS_PER_DAY", "50"))
REVEALS_ALARM = int(env.text("REVEALS_ALARM", "5"))
AUDIT_HEAD_FILE = env.text("AUDIT_HEAD_FILE")
DEFAULT_FROM_EMAIL = env.text("DEFAULT_FROM_EMAIL", "FinPulse <finpulse@localhost>")
EMAIL_BACKEND = "notifications.smtp.EmailBackend"
EMAIL_TIMEOUT = 10
PUBLIC_URL = env.text("PUBLIC_URL", "http://127.0.0.1:8000")

# Calls of one token; empty: as many as it likes.
API_TOKEN_RATE = env.text("API_TOKEN_RATE", "600/min")
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "finpulse.identity.api.bearer.BearerAuthentication",
        "finpulse.kernel.api.authentication.SessionAuthentication",
    ],
    "DEFAULT_THROTTLE_CLASSES": ["finpulse.kernel.api.throttle.TokenThrottle"],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "DEFAULT_CONTENT_NEGOTIATION_CLASS": "finpulse.kernel.api.parameters.KnownFormats",
    "DEFAULT_PAGINATION_CLASS": "finpulse.kernel.api.pagination.KeysetPagination",
    "DEFAULT_FILTER_BACKENDS": [
        "finpulse.kernel.api.filters.ScopedFilterBackend",
        "finpulse.kernel.api.filters.KeysetOrdering",
    ],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "EXCEPTION_HANDLER": "finpulse.kernel.api.problems.problem_response",
    "COERCE_DECIMAL_TO_STRING": True,
    "TEST_REQUEST_DEFAULT_FORMAT": "json",
}
SPECTACULAR_SETTINGS = {
    "TITLE": "FinPulse",
    "VERSION": "1",
    "OAS_VERSION": "3.1.0",
    "SERVE_INCLUDE_SCHEMA": False,
    "SERVE_PERMISSIONS": ["rest_framework.permissions.IsAuthenticated"],
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "REDOC_DIST": "SIDECAR",
    "ENUM_NAME_OVERRIDES": {
        "CustomerKind": "crm.models.Customer.Kind",
        "HoldingKind": "crm.models.Holding.Kind",
        "CustomerStatus": "crm.models.Customer.Status",
        "HoldingStatus": "crm.models.Holding.Status",
        "FeedLoadKind": "crm.models.FeedLoad.Kind",
        "FeedLoadState": "crm.models.FeedLoad.State",
    },
}

CELERY_TASK_CREATE_MISSING_QUEUES = False
CELERY_TASK_DEFAULT_QUEUE = "default"
CELERY_TASK_DEFAULT_EXCHANGE = "crm"
CELERY_TASK_DEFAULT_EXCHANGE_TYPE = "topic"
CELERY_TASK_DEFAULT_ROUTING_KEY = "default"
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_TIME_LIMIT = 600
CELERY_TASK_SOFT_TIME_LIMIT = 540
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
# Nobody asks workers anything: without its reply queue a fast reconnect meets no queue of its own that is still locked.
CELERY_WORKER_ENABLE_REMOTE_CONTROL = False
CELERY_WORKER_MAX_TASKS_PER_CHILD = 500
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BROKER_CONNECTION_TIMEOUT = 2
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BEAT_CRON_STARTING_DEADLINE = 600
CELERY_TIMEZONE = "UTC"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"request": {"()": "finpulse.kernel.history.log.RequestNameFilter"}},
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s [%(request_name)s] %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["request"]}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {"finpulse": {"level": "INFO"}},
}
