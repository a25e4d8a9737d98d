"""After a migration the roles are what the code declares."""

from typing import Any

from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType

from finpulse.identity.services import roles_sync
from finpulse.kernel.tables import have_tables


def sync_roles(sender: Any, **kwargs: Any) -> None:
    """Sync once per app: each makes its permissions just before it sends this."""
    if have_tables(Group, Permission, ContentType):
        roles_sync()
