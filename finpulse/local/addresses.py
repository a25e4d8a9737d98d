"""Where the local services are. Asking allocates ports and passwords; nothing is started by it."""

from urllib.parse import quote

from finpulse.local.state import VAR, port, secret

__all__ = ["VAR", "admin_url", "database_owner_url", "database_url", "issuer_url", "redis_url", "secret"]


def database_url() -> str:
    """Give the address of the local database for the web's role, which has no DDL."""
    return _database("finpulse_web")


def database_owner_url() -> str:
    """Give the address of the local database for the tables' owner: migrations and seeds."""
    return _database("finpulse_owner")


def admin_url(database: str = "postgres") -> str:
    """Give the address of the local server for its superuser, which makes the roles and the database."""
    return _database("finpulse_admin", database)


def redis_url() -> str:
    """Give the address of the local Valkey without a database number: the caches and the broker add theirs."""
    return f"redis://:{quote(secret('valkey'), safe='')}@127.0.0.1:{port('valkey')}"


def issuer_url() -> str:
    """Give the issuer of the local sign-in provider, as its tokens name it."""
    return f"http://127.0.0.1:{port('issuer')}"


def _database(role: str, name: str = "finpulse") -> str:
    return f"postgresql://{role}:{quote(secret(role), safe='')}@127.0.0.1:{port('postgres')}/{name}"
