"""The table of a model's history: keys and business facts as they were, of personal ones only that they changed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, ClassVar

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import connection, models
from django.db.models import DO_NOTHING, ForeignKey, Model
from pghistory.models import Event

from finpulse.kernel.history.triggers import KeepDelete, KeepUpdate
from finpulse.kernel.registries import append_only


class HistoryRow(Event):
    """A row as it was before a change. `pgh_context` says who changed it, by which verb, why, in which request."""

    pgh_id = models.BigAutoField(primary_key=True)
    pgh_changed = ArrayField(models.CharField(max_length=63), default=list, help_text="Names of the columns changed.")
    told: ClassVar[tuple[str, ...]] = ()

    class Meta:
        abstract = True

    @classmethod
    def kept_columns(cls) -> list[str]:
        """Give the columns whose old values are kept."""
        return [str(field.column) for field in cls._meta.fields if not field.name.startswith("pgh_")]

    @classmethod
    def watched_columns(cls) -> list[str]:
        """Give the columns whose change makes a row: those kept, and those of which only the name is told."""
        tracked: Any = cls.pgh_tracked_model
        own = tracked._meta
        return cls.kept_columns() + [own.get_field(name).column for name in cls.told]


def history_of(model: type[Model], *, name: str, kept: tuple[str, ...], told: tuple[str, ...]) -> type[Model]:
    """Make the history of a model. Columns neither `kept` nor `told` may change without a trace.

    The web's role may add to it and read it, no more.
    """
    history: type[Model] = pghistory.create_event_model(
        model,
        KeepUpdate(),
        KeepDelete(),
        fields=list(kept),
        obj_field=pghistory.ObjForeignKey(related_name="+", db_index=False),
        context_field=pghistory.ContextJSONField(),
        context_id_field=None,  # type: ignore[arg-type]
        append_only=False,
        model_name=name,
        base_model=HistoryRow,
        abstract=False,
        attrs={"told": told, **{field: _key(model, field) for field in kept if _is_key(model, field)}},
        meta={"indexes": [models.Index(fields=["pgh_obj", "-pgh_id"], name=f"{model._meta.db_table}_history")]},
    )
    append_only.register(history._meta.label_lower, history)
    return history


@contextmanager
def without_history(*tracked: type[Model]) -> Iterator[None]:
    """Keep no history in the block, of rows that are nobody's; for the tables' owner, who has locked them."""
    tables = [connection.ops.quote_name(model._meta.db_table) for model in tracked]
    _switch(tables, "DISABLE")
    yield
    _switch(tables, "ENABLE")


def _switch(tables: list[str], how: str) -> None:
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f"ALTER TABLE {table} {how} TRIGGER USER")


def _is_key(model: type[Model], name: str) -> bool:
    return isinstance(model._meta.get_field(name), ForeignKey)


def _key(model: type[Model], name: str) -> Any:
    related: Any = model._meta.get_field(name).remote_field.model  # type: ignore[union-attr]
    return ForeignKey(related, null=True, on_delete=DO_NOTHING, related_name="+", db_constraint=False, db_index=False)
