"""A database of its own, beside that of the tests, and commands that work on it."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

import psycopg
from psycopg import sql

from finpulse.local import addresses
from finpulse.local.state import CHECKOUT
from finpulse.settings import env


@contextmanager
def own_database(suffix: str) -> Iterator[str]:
    """Give the name of an empty database that is dropped in the end."""
    name = f"{env.text('FINPULSE_TEST_DATABASE', 'test_finpulse')}_{suffix}"
    with psycopg.connect(addresses.database_owner_url(), autocommit=True) as connection:
        drop = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name))
        connection.execute(drop)
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        try:
            yield name
        finally:
            connection.execute(drop)


def database_environment(name: str) -> dict[str, str]:
    """Give the environment variables that lead to a database of the local server."""
    owner, web = addresses.database_owner_url(), addresses.database_url()
    return {"DATABASE_URL": _named(web, name), "DATABASE_OWNER_URL": _named(owner, name)}


def manage(*arguments: str, environment: dict[str, str]) -> None:
    """Run a command of manage.py to its end."""
    subprocess.run([sys.executable, "manage.py", *arguments], cwd=CHECKOUT, env=environment, check=True)


def _named(url: str, name: str) -> str:
    return urlsplit(url)._replace(path=f"/{name}").geturl()
