"""Events, narrowed so that an index answers."""

from __future__ import annotations

from collections.abc import Iterator
from functools import reduce
from operator import or_
from typing import Any, Self

from django.apps import apps
from django.db.models import CompositePrimaryKey, Model, Q, QuerySet

from finpulse.audit.sight import administration, is_open, kept_back, nameless, sees_all
from finpulse.kernel.access.scope import is_scoped


class AuditEventQuerySet(QuerySet[Any]):
    """Events of the trail."""

    # Conditions of which an event fulfils one, each answered by an index of its own (finpulse.kernel.access.keys).
    arms: tuple[Q, ...] = ()

    def about(self, *subjects: Q) -> Self:
        """Narrow to events about any of these subjects, of which no event has two."""
        if not subjects:
            return self.none()
        narrowed = self.filter(reduce(or_, subjects))
        narrowed.arms = subjects
        return narrowed

    def shown_to(self, user: Any) -> Self:
        """Give the events that the user may read.

        Whose role reads the trail and sees every customer: all. Whose role sees all but the restricted: all but those
        about rows out of his scope, or about rows that are no more. Whose role sees no customers: those about people,
        roles and tokens.
        """
        if sees_all(user):
            return self
        if not is_open(user):
            return self.about(*(Q(subject_type=label) for label in sorted(administration)))
        return self.filter(reduce(or_, _in_scope(user))).exclude(kept_back())

    def _clone(self) -> Self:
        clone: Self = super()._clone()  # type: ignore[misc]  # the stubs do not know it
        clone.arms = self.arms
        return clone


def _in_scope(user: Any) -> Iterator[Q]:
    """Yield the conditions, the cheap ones first: the database asks an event of one kind for no row of another."""
    scoped = {model._meta.label_lower: model for model in apps.get_models() if is_scoped(model)}
    models = {label: model for label, model in scoped.items() if label not in nameless}
    yield Q(subject_id__isnull=True)
    yield ~Q(subject_type__in=sorted(models))
    for label, model in models.items():
        # An event names a row by one key.
        if isinstance(model._meta.pk, CompositePrimaryKey):
            continue
        yield Q(subject_type=label, subject_id=_visible(model, user))


def _visible(model: type[Model], user: Any) -> Any:
    # One value for one event, as in the kernel's `looked_up`: of a hundred million events a page asks for fifty.
    rows: Any = model._default_manager.all()
    return rows.visible_to(user).looked_up("subject_id")
