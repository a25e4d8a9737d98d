"""After a migration the roles are what the code declares."""

from typing import Any

from finpulse.identity.services import roles_sync


def sync_roles(sender: Any, **kwargs: Any) -> None:
    """Sync once per app: each makes its permissions just before it sends this."""
    roles_sync()
