"""Keys of the rows of a page, and how many rows there are, found by indexes alone."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import IntegerField, QuerySet, Subquery

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


class _Counted(Subquery):
    """How many rows a query gives, as a column of another."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) AS counted)"
    output_field = IntegerField()


def counts_of(rows: Mapping[str, QuerySet[Any]], user: Any) -> dict[str, int]:
    """Give by name how many rows each gives, all in one query, which reads the user's own row beside."""
    if not rows:
        return {}
    columns = [_Counted(each.values("pk")) for each in rows.values()]
    counted = get_user_model()._default_manager.filter(pk=user.pk).values_list(*columns).get()
    return {name: number or 0 for name, number in zip(rows, counted, strict=True)}


def _arms(rows: QuerySet[Any]) -> list[QuerySet[Any]]:
    conditions = getattr(rows, "arms", ())
    plain = all(isinstance(name, str) and "__" not in name for name in rows.query.order_by)
    return [rows.filter(condition) for condition in conditions] if len(conditions) > 1 and plain else [rows]


def _named(rows: QuerySet[Any], name: Any) -> Any:
    return name.replace("pk", rows.model._meta.pk.name) if name in ("pk", "-pk") else name
