"""Keys of the rows of a page, and how many rows there are, found by indexes alone."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

# Nobody pages further, and no list counts further.
CAP = 10_000


def keys_of(rows: QuerySet[Any], first: int = 0, last: int = CAP + 1) -> list[int]:
    """Give the keys of ordered rows from `first` to before `last`, in one query.

    Where scope is several conditions, each is walked in the order of its own index and the walks are merged: together
    they would be neither walked nor counted without reading the rows.
    """
    if rows.query.is_empty() or last <= first:
        return []
    arms, order = _arms(rows), [_named(rows, name) for name in rows.query.order_by]
    if len(arms) == 1:
        return list(rows.values_list("pk", flat=True)[first:last])
    columns = list(dict.fromkeys([*(name.lstrip("-") for name in order), rows.model._meta.pk.name]))
    each = [arm.values_list(*columns)[:last] for arm in arms]
    merged = each[0].union(*each[1:], all=True).order_by(*order)[first:last]
    return [row[columns.index(rows.model._meta.pk.name)] for row in merged]


def count_of(rows: QuerySet[Any], most: int) -> int:
    """Give how many rows there are, counted to `most`."""
    if rows.query.is_empty():
        return 0
    each = [arm.order_by().values("pk")[:most] for arm in _arms(rows)]
    counted = each[0].union(*each[1:], all=True)[:most] if len(each) > 1 else each[0]
    return int(counted.count())


def _arms(rows: QuerySet[Any]) -> list[QuerySet[Any]]:
    conditions = getattr(rows, "arms", ())
    plain = all(isinstance(name, str) and "__" not in name for name in rows.query.order_by)
    return [rows.filter(condition) for condition in conditions] if len(conditions) > 1 and plain else [rows]


def _named(rows: QuerySet[Any], name: Any) -> Any:
    return name.replace("pk", rows.model._meta.pk.name) if name in ("pk", "-pk") else name
