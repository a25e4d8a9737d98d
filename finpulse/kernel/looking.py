"""Looking is an event: what a user is about to be shown of scoped rows is told to the trail before it is shown."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.db.models import CharField, Model, TextField

from finpulse.kernel.registries import Registry
from finpulse.kernel.rights import by_right


@dataclass(frozen=True)
class Look:
    """Who is shown what. `words` is what was typed to find it: they may be a name and are never kept as they are."""

    verb: str
    actor: Any
    subject_type: str = ""
    subject_id: int | None = None
    words: str = ""
    detail: dict[str, Any] = field(default_factory=dict)


look_writers: Registry[Callable[[Look], None]] = Registry()
LONGEST_VALUE = 100


def tell(look: Look) -> None:
    """Have the look written down. :raises ImproperlyConfigured: when nobody would: then nothing may be shown."""
    writers = list(look_writers)
    if not writers:
        raise ImproperlyConfigured("Nobody writes looks down, so no list and no page of scoped rows is shown.")
    for write in writers:
        write(look)


def tell_row(row: Model, *, actor: Any, surface: str) -> None:
    """Tell that the page of one row is shown, and by which right."""
    label = row._meta.label_lower
    tell(Look(f"{label}.viewed", actor, label, row.pk, detail={"surface": surface} | by_right(actor, row)))


def tell_list(
    model: type[Model],
    *,
    actor: Any,
    surface: str,
    count: int,
    more: bool = False,
    words: str = "",
    filters: Mapping[str, str] | None = None,
    place: str = "",
) -> None:
    """Tell that rows are listed: how many, with `more` at least so many, by which filters, from which `place` on."""
    label = model._meta.label_lower
    shown = {name: value.replace("\x00", "")[:LONGEST_VALUE] for name, value in (filters or {}).items()}
    facts = {"surface": surface, "count": count, "more": more, "filters": shown, "place": place}
    verb = "searched" if words else "listed"
    tell(
        Look(
            f"{label}.{verb}",
            actor,
            label,
            words=words,
            detail={name: fact for name, fact in facts.items() if fact} | {"count": count},
        )
    )


def is_free_text(model: type[Model], column: str) -> bool:
    """Tell whether people type what they like into a column: a filter by it may be a name."""
    names = {found.name: found for found in model._meta.get_fields()}
    kind = names.get(column)
    return isinstance(kind, CharField | TextField) and not kind.choices
