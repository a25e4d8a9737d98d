"""How often a script may ask."""

from __future__ import annotations

from django.conf import settings
from rest_framework.request import Request
from rest_framework.throttling import SimpleRateThrottle

from finpulse.kernel.history.means import means_told


class TokenThrottle(SimpleRateThrottle):
    """Counts the calls of each token in the cache; a person's session is not counted.

    While the cache is away nothing is counted and every call let through: this spares the database, it guards nothing.
    """

    def get_rate(self) -> str | None:
        """Give the rate of the settings, None where scripts ask as they like."""
        return settings.API_TOKEN_RATE or None

    def get_cache_key(self, request: Request, view: object) -> str | None:
        """Give the key of the token, None for a session."""
        means = means_told()
        return f"calls:{request.user.pk}:{sorted(means.items())}" if means else None
