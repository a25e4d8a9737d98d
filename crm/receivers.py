"""What the customer module does on news from below."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from crm.services.grants import grants_end_beyond_roles
from crm.services.leavers import customers_let_go, grants_let_go
from crm.services.unit_figures import unit_figures_ask


def roll_up_moved(unit: Any, **kwargs: Any) -> None:
    """A unit that moved takes its figures along."""
    unit_figures_ask(cause=f"unit {unit.pk} moved at {timezone.now().isoformat()}")


def let_go(user: Any, actor: Any, **kwargs: Any) -> None:
    """Who leaves keeps neither customers nor grants."""
    now = timezone.now()
    customers_let_go(manager=user, actor=actor, now=now)
    grants_let_go(user=user, actor=actor, now=now)


def end_grants_beyond_roles(user: Any, actor: Any, **kwargs: Any) -> None:
    """Who lost the role that a grant needs has no grant left when he gets it back."""
    grants_end_beyond_roles(user=user, actor=actor)
