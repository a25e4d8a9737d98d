"""After a migration, the trail is for adding and reading only."""

from typing import Any

from finpulse.audit.services import trail_protect


def protect_trail(sender: Any, using: str, **kwargs: Any) -> None:
    """Revoke what would change the trail."""
    trail_protect(using=using)
