"""The web's role adds and reads what is only ever added; PostgreSQL refuses it the rest, whatever the code says."""

from __future__ import annotations

from urllib.parse import urlsplit

import psycopg
import pytest
from django.apps import apps
from django.conf import settings
from django.db import connection

from finpulse.audit.models import AuditEvent, AuditSeal
from finpulse.audit.services import append_only_protect
from finpulse.kernel.registries import append_only

MODELS = list(append_only)
STATEMENTS = (
    "UPDATE {table} SET {column} = {column}",
    "DELETE FROM {table}",
    "TRUNCATE {table}",
    "SELECT FROM {table} FOR UPDATE",
    "MERGE INTO {table} t USING {table} s ON t.{column} = s.{column} WHEN MATCHED THEN DELETE",
    "ALTER TABLE {table} DISABLE TRIGGER ALL",
    "ALTER TABLE {table} ADD COLUMN x int",
    "DROP TABLE {table}",
    "CREATE TRIGGER x BEFORE INSERT ON {table} FOR EACH ROW EXECUTE FUNCTION suppress_redundant_updates_trigger()",
    "CREATE RULE x AS ON INSERT TO {table} DO INSTEAD NOTHING",
)
RIGHTS = ["INSERT", "SELECT", "UPDATE", "DELETE", "TRUNCATE", "REFERENCES", "TRIGGER"]
ANYWHERE = (
    "CREATE TABLE public.x (id int)",
    "CREATE FUNCTION public.x() RETURNS int LANGUAGE sql AS 'SELECT 1'",
    "DROP SCHEMA public CASCADE",
    "SET SESSION AUTHORIZATION finpulse_owner",
    "SET ROLE finpulse_owner",
    "SET session_replication_role = replica",
    "ALTER ROLE finpulse_web SUPERUSER",
    "SELECT setval('audit_auditevent_id_seq', 1)",
)


@pytest.fixture
def web(db):
    """A session as the web has it, on the tests' database."""
    url = urlsplit(settings.DATABASE_URL)._replace(path=f"/{connection.settings_dict['NAME']}").geturl()
    with psycopg.connect(url, autocommit=True) as session:
        yield session


def refusal(session, statement):
    """Give the database's answer to a statement; with -s, show it."""
    with pytest.raises(psycopg.errors.InsufficientPrivilege) as caught:
        session.execute(statement)
    return str(caught.value).splitlines()[0]


@pytest.mark.parametrize("model", MODELS, ids=[model._meta.label for model in MODELS])
def test_what_is_only_added_cannot_be_changed_by_the_web_s_role(web, model, capsys):
    names = {"table": model._meta.db_table, "column": model._meta.pk.column}
    for statement in (text.format(**names) for text in STATEMENTS):
        answer = refusal(web, statement)
        with capsys.disabled():
            print(f"\n{statement}\n    {answer}", end="")  # noqa: T201 - what is refused, for who asks
    web.execute(f"GRANT UPDATE, DELETE ON {model._meta.db_table} TO CURRENT_USER")
    held = "SELECT r FROM unnest(%s::text[]) AS r WHERE has_table_privilege(%s, r)"
    assert web.execute(held, [RIGHTS, model._meta.db_table]).fetchall() == [("INSERT",), ("SELECT",)]


@pytest.mark.parametrize("statement", ANYWHERE)
def test_the_web_s_role_has_no_ddl_and_cannot_become_another(web, statement, capsys):
    answer = refusal(web, statement)
    with capsys.disabled():
        print(f"\n{statement}\n    {answer}", end="")  # noqa: T201 - what is refused, for who asks


def test_the_web_s_role_owns_nothing_and_is_no_superuser(web):
    (role,) = web.execute("SELECT current_user").fetchone()
    facts = "SELECT rolsuper, rolcreaterole, rolcreatedb, rolbypassrls, rolreplication FROM pg_roles WHERE rolname = %s"
    assert web.execute(facts, [role]).fetchone() == (False,) * 5
    assert web.execute("SELECT count(*) FROM pg_class WHERE relowner = %s::regrole", [role]).fetchone() == (0,)
    assert web.execute("SELECT has_schema_privilege('public', 'CREATE')").fetchone() == (False,)
    assert web.execute("SELECT has_database_privilege(current_database(), 'CREATE')").fetchone() == (False,)


def test_the_trail_its_seals_and_every_history_are_registered():
    assert {AuditEvent, AuditSeal} <= set(MODELS)
    histories = {model for model in apps.get_models() if hasattr(model, "pgh_tracked_model")}
    assert histories <= set(MODELS)


def test_protecting_again_changes_nothing_and_an_owner_is_left_alone(web, settings):
    def rights():
        return web.execute(
            "SELECT relname, relacl::text FROM pg_class WHERE relname LIKE 'audit_%' ORDER BY relname"
        ).fetchall()

    before = rights()
    append_only_protect(using="default")
    settings.DATABASE_URL = settings.DATABASE_OWNER_URL
    append_only_protect(using="default")
    assert rights() == before
