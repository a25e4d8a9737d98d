"""The two roles of the local database: its owner for migrations and seeds, the web without DDL."""

from typing import LiteralString

import psycopg
from psycopg import sql

from finpulse.local.errors import LocalServiceError
from finpulse.local.state import secret

OWNER, WEB, DATABASE = "finpulse_owner", "finpulse_web", "finpulse"

# In template1, so that the database and every test database made later inherit it.
GRANTS = """
GRANT USAGE, CREATE ON SCHEMA public TO finpulse_owner;
GRANT USAGE ON SCHEMA public TO finpulse_web;
ALTER DEFAULT PRIVILEGES FOR ROLE finpulse_owner IN SCHEMA public
    GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO finpulse_web;
ALTER DEFAULT PRIVILEGES FOR ROLE finpulse_owner IN SCHEMA public
    GRANT USAGE, SELECT, UPDATE ON SEQUENCES TO finpulse_web;
"""


def prepare(admin_url: str) -> None:
    """Make the roles, their grants and the database as a superuser of template1; done twice, it changes nothing.

    :raises LocalServiceError: if the server does not know our password any more.
    """
    try:
        connection = psycopg.connect(admin_url, autocommit=True)
    except psycopg.OperationalError as error:
        message = (
            f"The local PostgreSQL refuses its own superuser; delete var/ to start with an empty database. ({error})"
        )
        raise LocalServiceError(message) from error
    with connection:
        _make_role(connection, OWNER, "CREATEDB")
        _make_role(connection, WEB, "NOCREATEDB")
        # The owner may end the web's sessions, to drop a test database, and SET ROLE to it, to test what it may do.
        connection.execute("GRANT finpulse_web TO finpulse_owner")
        connection.execute(GRANTS)
        if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]).fetchone():
            connection.execute("CREATE DATABASE finpulse OWNER finpulse_owner TEMPLATE template1")


def _make_role(connection: psycopg.Connection[tuple[object, ...]], name: str, option: LiteralString) -> None:
    known = connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [name]).fetchone()
    connection.execute(
        sql.SQL("{verb} ROLE {name} LOGIN NOSUPERUSER NOCREATEROLE {option} PASSWORD {password}").format(
            verb=sql.SQL("ALTER" if known else "CREATE"),
            name=sql.Identifier(name),
            option=sql.SQL(option),
            password=sql.Literal(secret(name)),
        )
    )
