"""Taking an earlier demo bank away, with everything that hangs on it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db import connection
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


def remove(*, whole: bool) -> int:
    """Delete the demo bank's customers and holdings, all rows that point to them, and messages about any of these.

    Found over the registry of models, so that a table added later is not forgotten. `whole` allows to empty tables that
    hold nothing else as a whole, for which their readers wait. Gives how many customers went.
    """
    removed = demo_customers().count()
    if not removed and not demo_holdings().exists():
        return 0
    doomed = [*_dependents(demo_holdings()), demo_holdings(), *_dependents(demo_customers()), demo_customers()]
    messages = Message._base_manager.filter(_about(doomed))
    _keep_writers_out(Message)
    _delete([*_dependents(messages), messages])
    if whole and _nothing_else_there(doomed):
        _truncate(doomed)
    else:
        _delete(doomed)
    return removed


def _keep_writers_out(model: type[Model]) -> None:
    """Have workers wait that write such rows: they lock a message before its attempts, a removal after."""
    with connection.cursor() as cursor:
        cursor.execute(f"LOCK TABLE {connection.ops.quote_name(model._meta.db_table)} IN SHARE ROW EXCLUSIVE MODE")


def _delete(doomed: list[QuerySet[Any]]) -> None:
    for rows in doomed:
        # Not by the collector, which would load every row: its dependents are on the list before it.
        rows._raw_delete(rows.db)


def _truncate(doomed: list[QuerySet[Any]]) -> None:
    tables = {connection.ops.quote_name(rows.model._meta.db_table) for rows in doomed}
    with connection.cursor() as cursor:
        cursor.execute(f"TRUNCATE {', '.join(sorted(tables))}")


def _nothing_else_there(doomed: list[QuerySet[Any]]) -> bool:
    """Tell whether the tables hold doomed rows only: no other customer or holding, and no row without one of them."""
    if any(model._base_manager.exclude(source=SOURCE).exists() for model in (Customer, Holding)):
        return False
    models = {rows.model for rows in doomed}
    return all(_always_points_to(model, models) for model in models - {Customer, Holding})


def _always_points_to(model: type[Model], targets: set[type[Model]]) -> bool:
    return any(not field.null and field.related_model in targets for field in model._meta.concrete_fields)


def _about(doomed: list[QuerySet[Any]]) -> Q:
    about = Q(pk__in=())
    for rows in doomed:
        if rows.model._meta.is_composite_pk:
            continue  # nobody names such a row by one id
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
