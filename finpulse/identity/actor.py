"""Who acts in a request."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied

from finpulse.identity.models import User


def actor_of(request: Any) -> User:
    """Give the signed-in user of a Django or DRF request. :raises PermissionDenied: when nobody is signed in."""
    if not isinstance(request.user, User):
        raise PermissionDenied("Nobody is signed in.")
    return request.user
