"""By which right somebody acts towards a row, as the trail keeps it: said by whoever rules the scope of its model."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from finpulse.kernel.registries import Registry

# By model ("app.model"): (actor, row) -> keys and codes, as {"reach": "UNIT"} or {"cover": 3, "for": 7}; {} for none.
rights: Registry[Callable[[Any, Any], dict[str, Any]]] = Registry()


def by_right(actor: Any, row: Any) -> dict[str, Any]:
    """Give the detail of an event that tells the right, {"by": …}; nothing for a model of which nobody says it."""
    label = row._meta.label_lower if row is not None else ""
    if actor is None or label not in rights:
        return {}
    right = rights.get(label)(actor, row)
    return {"by": right} if right else {}
