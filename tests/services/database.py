"""A database of its own, beside that of the tests, and commands that work on it."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit

import psycopg
from psycopg import sql

from finpulse.local import addresses
from finpulse.local.state import CHECKOUT
from finpulse.settings import env


@contextmanager
def own_database(suffix: str) -> Iterator[str]:
    """Give the name of an empty database that is dropped in the end."""
    name = database_named(suffix)
    with psycopg.connect(addresses.database_owner_url(), autocommit=True) as connection:
        drop_database(connection, name)
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        try:
            yield name
        finally:
            drop_database(connection, name)


def database_named(suffix: str) -> str:
    """Give the name of a database beside that of the tests."""
    return f"{env.text('FINPULSE_TEST_DATABASE', 'test_finpulse')}_{suffix}"


def drop_database(connection: psycopg.Connection[Any], name: str) -> None:
    """Drop a database with whoever is connected; of what autovacuum does there the server waits for the end.

    FORCE is refused while autovacuum works there: its processes are no owner's to end.
    """
    ended = "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = %s AND usename IS NOT NULL"
    connection.execute(ended, [name])
    connection.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(name)))


def database_environment(name: str) -> dict[str, str]:
    """Give the environment variables that lead to a database of the local server."""
    owner, web = addresses.database_owner_url(), addresses.database_url()
    return {"DATABASE_URL": _named(web, name), "DATABASE_OWNER_URL": _named(owner, name)}


def manage(*arguments: str, environment: dict[str, str]) -> None:
    """Run a command of manage.py to its end."""
    subprocess.run([sys.executable, "manage.py", *arguments], cwd=CHECKOUT, env=environment, check=True)


def _named(url: str, name: str) -> str:
    return urlsplit(url)._replace(path=f"/{name}").geturl()
