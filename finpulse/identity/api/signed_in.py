"""What a token says once it was taken."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from finpulse.identity.models import User


@dataclass(frozen=True)
class SignedIn:
    """Who acts, for which scopes, and by what: the trail keeps `means`, which are ids."""

    user: User
    scopes: frozenset[str]
    means: Mapping[str, Any]
