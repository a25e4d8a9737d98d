"""What an app names lies below it: imports, foreign keys, strings and migrations. The order is that of the settings."""

from __future__ import annotations

import re

import pytest
from django.apps import AppConfig, apps
from django.conf import settings
from django.db.migrations.loader import MigrationLoader

from tests.invariants.rows import our_apps
from tests.invariants.sources import imported, named, sources_of, strings

APPS = our_apps()
HEIGHTS = {config.label: height for height, config in enumerate(APPS)}
# Neither knows the other.
SIBLINGS = {"products", "notifications"}
USERS = settings.AUTH_USER_MODEL.partition(".")[0]


def lies_above(label: str, config: AppConfig) -> bool:
    """Tell whether an app of ours lies above another, or beside it."""
    if label == config.label or label not in HEIGHTS:
        return False
    return HEIGHTS[label] > HEIGHTS[config.label] or {label, config.label} == SIBLINGS


def test_the_apps_stand_in_the_order_of_the_design():
    labels = [config.label for config in APPS]
    assert labels[:3] == ["kernel", "audit", "identity"]
    assert labels.index("crm") < labels.index("advisory")
    assert max(labels.index(label) for label in SIBLINGS) < labels.index("crm")


@pytest.mark.parametrize("config", APPS, ids=lambda config: config.label)
def test_no_import_points_up(config):
    up = [
        f"{named(path)} imports {module}"
        for path in sources_of(config)
        for module in imported(path)
        for other in APPS
        if f"{module}.".startswith(f"{other.name}.") and lies_above(other.label, config)
    ]
    assert up == []


@pytest.mark.parametrize("config", APPS, ids=lambda config: config.label)
def test_no_foreign_key_points_up(config):
    up = [
        f"{field} leads to {field.related_model._meta.label}"
        for model in config.get_models(include_auto_created=True)
        for field in model._meta.get_fields(include_hidden=True)
        if field.is_relation and not field.auto_created and field.related_model is not None
        if field.related_model._meta.label != settings.AUTH_USER_MODEL
        if lies_above(field.related_model._meta.app_label, config)
    ]
    assert up == []


@pytest.mark.parametrize("config", APPS, ids=lambda config: config.label)
def test_no_string_names_what_lies_above(config):
    up = [
        f"{named(path)} says {text!r}"
        for path in sources_of(config)
        for text in strings(path)
        if text != settings.AUTH_USER_MODEL and lies_above(app_of(text), config)
    ]
    assert up == []


def app_of(text):
    """Give the app whose model, permission or page a string names, as "crm.Customer" and "admin:crm_task_done" do."""
    label, *words = re.split(r"[._]", text.removeprefix("admin:").lower())
    if label not in HEIGHTS:
        return ""
    models = {model._meta.model_name for model in apps.get_app_config(label).get_models()}
    return label if models & set(words) else ""


def test_no_migration_depends_on_one_above():
    up = [
        f"{key} depends on {dependency}"
        for key, migration in MigrationLoader(None, ignore_no_migrations=True).disk_migrations.items()
        if key[0] in HEIGHTS
        for dependency in migration.dependencies
        if dependency[0] not in (USERS, "__setting__") and lies_above(dependency[0], apps.get_app_config(key[0]))
    ]
    assert up == []
