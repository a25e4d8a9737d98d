"""The tree of units."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models import F, Value
from django.db.models.functions import Concat, Substr

from finpulse.audit.services import record
from finpulse.identity.models import Unit
from finpulse.identity.signals import unit_moved
from finpulse.kernel.errors import DomainError


class UnitPlaceRefused(DomainError):
    """A unit cannot lie below itself."""


@transaction.atomic
def unit_place(*, code: str, name: str, kind: str, parent: Unit | None, actor: Any) -> tuple[Unit, bool]:
    """Make the unit, or rename and move it with all below it. Gives the unit and whether anything changed.

    :raises UnitPlaceRefused: when the parent lies below the unit.
    """
    unit = Unit.objects.select_for_update().filter(code=code).first()
    if unit is None:
        unit = Unit.objects.create(code=code, name=name, kind=kind, parent=parent)
        _set_path(unit, parent, before="")
        record("identity.unit.placed", actor=actor, subject=unit, detail={"parent": parent.pk if parent else None})
        return unit, True
    if (unit.name, unit.kind, unit.parent_id) == (name, kind, parent.pk if parent else None):
        return unit, False
    if parent is not None and parent.path.startswith(unit.path):
        raise UnitPlaceRefused(f"Unit {code} cannot be placed below {parent.code}, which lies below it.")
    before = unit.path
    unit.name, unit.kind, unit.parent = name, kind, parent
    Unit.objects.filter(pk=unit.pk).update(name=name, kind=kind, parent=parent)
    _set_path(unit, parent, before=before)
    if unit.path != before:
        unit_moved.send(sender=Unit, unit=unit)
    record("identity.unit.placed", actor=actor, subject=unit, detail={"parent": parent.pk if parent else None})
    return unit, True


def _set_path(unit: Unit, parent: Unit | None, *, before: str) -> None:
    path = f"{parent.path if parent else '/'}{unit.pk}/"
    if before and before != path:
        below = Unit.objects.filter(path__startswith=before).exclude(pk=unit.pk)
        below.update(path=Concat(Value(path), Substr(F("path"), len(before) + 1)))
    Unit.objects.filter(pk=unit.pk).update(path=path)
    unit.path = path
