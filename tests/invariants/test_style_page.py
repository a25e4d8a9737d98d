"""The style page shows every component, under the local settings and under no others."""

import os
import subprocess
import sys

import pytest
from django.contrib import admin

from finpulse.local.checks import production
from tests.services.require import CHECKOUT

COMPONENTS = CHECKOUT / "templates" / "components"
DOCUMENT = (CHECKOUT / "docs" / "development" / "ui.md").read_text(encoding="utf-8")
FILES = sorted(str(path.relative_to(COMPONENTS.parent)) for path in COMPONENTS.rglob("*.html"))
# What charts are drawn from is written by no page.
NAMED = [name for name in FILES if not name.startswith("components/chart/")]
# Run in a process of its own under other settings, which answers by what it prints.
IS_THERE = """
import sys, django
django.setup()
from django.contrib import admin
from django.urls import NoReverseMatch, reverse
try:
    print(reverse("admin:style"))
except NoReverseMatch:
    print("no page", sorted(name for name in sys.modules if name.startswith("finpulse.local")))
"""


@pytest.fixture
def page(client, people):
    client.force_login(people.alice, backend="finpulse.identity.backends.RoleAndScopeBackend")
    return client.get("/admin/style/")


def test_every_component_is_on_it_from_its_own_file(page):
    drawn = {template.name for template in page.templates}
    assert [name for name in FILES if name not in drawn] == []


def test_every_component_is_named_on_it_and_in_the_document(page):
    words = page.content.decode()
    assert [name for name in NAMED if name.rpartition("/")[2] not in words] == []
    assert [name for name in NAMED if f"`{name.rpartition('/')[2].removesuffix('.html')}`" not in DOCUMENT] == []


def test_it_asks_the_database_for_nobody(page):
    assert admin.site.name in page.resolver_match.namespaces
    assert page.context["form"].errors


@pytest.mark.parametrize(
    ("settings", "answer"),
    [("finpulse.settings.local", "/admin/style/"), ("finpulse.settings.production", "no page []")],
)
def test_it_is_there_under_the_local_settings_only(settings, answer):
    environment = {**os.environ, **production(), "DJANGO_SETTINGS_MODULE": settings}
    command = [sys.executable, "-c", IS_THERE]
    ended = subprocess.run(command, cwd=CHECKOUT, env=environment, capture_output=True, text=True, check=False)
    assert ended.stdout.strip() == answer, ended.stderr
