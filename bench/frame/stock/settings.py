"""Our local settings with the stock admin in our console's place, delivered as our pages are."""

from finpulse.settings.local import *  # noqa: F403 - all of ours, but for what is named below
from finpulse.settings.local import INSTALLED_APPS, MIDDLEWARE, STORAGES, TEMPLATES

OURS = ("finpulse.", "csp.", "django_htmx.")

INSTALLED_APPS = ["django.contrib.admin.apps.SimpleAdminConfig", *INSTALLED_APPS[1:]]
# What a new project has, whitenoise and compression: a difference that is measured is the pages' own.
MIDDLEWARE = [name for name in MIDDLEWARE if not name.startswith(OURS)]
ROOT_URLCONF = "bench.frame.stock.urls"
TEMPLATES = [TEMPLATES[0] | {"DIRS": []}]
FORM_RENDERER = "django.forms.renderers.DjangoTemplates"
STATICFILES_DIRS: list[str] = []
STORAGES = STORAGES | {"staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}}
