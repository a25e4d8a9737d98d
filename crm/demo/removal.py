"""Taking an earlier demo bank away, with everything that hangs on it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import SET_NULL, Model, Q, QuerySet

from crm.demo.plan import SOURCE
from crm.models import Customer, Holding
from notifications.models import Message


def demo_customers() -> QuerySet[Customer]:
    """Give the demo bank's customers. Not `visible_to` anyone: only a seed asks."""
    return Customer._base_manager.filter(source=SOURCE)


def demo_holdings() -> QuerySet[Holding]:
    """Give the demo bank's holdings."""
    return Holding._base_manager.filter(source=SOURCE)


def remove() -> int:
    """Delete the demo bank's customers and holdings, all rows that point to them, and messages about any of these.

    Found over the registry of models, so that a table added later is not forgotten. Gives how many customers went.
    """
    removed = demo_customers().count()
    if not removed and not demo_holdings().exists():
        return 0
    doomed = [*_dependents(demo_holdings()), demo_holdings(), *_dependents(demo_customers()), demo_customers()]
    messages = Message._base_manager.filter(_about(doomed))
    for rows in (*_dependents(messages), messages, *doomed):
        # Row by row over the collector would load a million instances; every dependent is on this list already.
        rows._raw_delete(rows.db)
    return removed


def _about(doomed: list[QuerySet[Any]]) -> Q:
    about = Q(pk__in=())
    for rows in doomed:
        about |= Q(subject_type=rows.model._meta.label_lower, subject_id__in=rows.values("pk"))
        about |= Q(scope_type=rows.model._meta.label_lower, scope_id__in=rows.values("pk"))
    return about


def _dependents(rows: QuerySet[Any], path: tuple[type[Model], ...] = ()) -> Iterator[QuerySet[Any]]:
    """Yield what points to the rows, deepest first; a pointer that may be emptied is emptied instead."""
    path = (*path, rows.model)
    for relation in rows.model._meta.get_fields(include_hidden=True):
        if not (relation.auto_created and not relation.concrete and (relation.one_to_many or relation.one_to_one)):
            continue
        pointing = relation.related_model._base_manager.filter(**{f"{relation.field.name}__in": rows.values("pk")})
        if relation.on_delete is SET_NULL:
            pointing.update(**{relation.field.name: None})
        elif relation.related_model not in path:
            yield from _dependents(pointing, path)
            yield pointing
