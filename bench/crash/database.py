"""A demo bank in a database of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

import psycopg
from psycopg import sql

from finpulse.local import addresses
from finpulse.local.state import CHECKOUT
from tests.services.database import drop_database

NAME = "finpulse_bench_crash"
CUSTOMERS = "3000"


@contextmanager
def own_database() -> Iterator[dict[str, str]]:
    """Make the database, migrate and seed it, and drop it at the end; give its addresses for the environment."""
    owner = addresses.database_owner_url()
    with psycopg.connect(owner, autocommit=True) as connection:
        drop_database(connection, NAME)
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(NAME)))
        try:
            urls = {
                "DATABASE_URL": _of_database(addresses.database_url()),
                "DATABASE_OWNER_URL": _of_database(owner),
                "REDIS_URL": addresses.redis_url(),
            }
            for arguments in (["migrate", "--verbosity=0"], ["seed_demo", "--customers", CUSTOMERS]):
                command = [sys.executable, "manage.py", *arguments]
                subprocess.run(command, cwd=CHECKOUT, env=os.environ | urls, check=True)
            yield urls
        finally:
            drop_database(connection, NAME)


def _of_database(url: str) -> str:
    return urlsplit(url)._replace(path=f"/{NAME}").geturl()
