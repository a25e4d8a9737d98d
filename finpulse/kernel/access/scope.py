"""Rows in a user's scope. One root model rules its own scope; every other inherits it along a path to the root."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import reduce
from operator import or_
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import ForeignKey, Model, OuterRef, Q, QuerySet, Subquery


class ScopedQuerySet(QuerySet[Any]):
    """A queryset that can be narrowed to what a user may see, or may change.

    A dependent model names in `scope_path` the foreign key to the model it inherits its scope from (the root overrides
    `visible_to` and `editable_by` instead). Without either, nothing is visible: deny by default.
    """

    scope_path: ClassVar[str] = ""
    # Conditions of which each row fulfils one, each walked by an index of its own; the rows of each if they are few.
    arms: tuple[Q, ...] = ()
    _of_arms: tuple[QuerySet[Any], ...] = ()

    def visible_to(self, user: Any) -> Self:
        """Give the rows this user may see."""
        return self._inherit("visible_to", user)

    def editable_by(self, user: Any) -> Self:
        """Give the rows this user may change, as far as scope goes; the role is asked apart."""
        return self._inherit("editable_by", user)

    def _inherit(self, question: str, user: Any) -> Self:
        if not self.scope_path:
            return self.none()
        parent = scope_parent(self.model, self.scope_path)
        allowed: ScopedQuerySet = getattr(parent._default_manager.all(), question)(user)
        if allowed.are_few:
            return self.filter(**{f"{self.scope_path}__in": allowed.keys_in_scope()})
        return self.filter(**{self.scope_path: allowed.looked_up(self.scope_path)})

    def within(self, *conditions: Q, walked: Sequence[Q] = (), few: bool = False) -> Self:
        """Narrow to rows of which one of the conditions holds.

        `walked` says the same in conditions of which each is answered in order by an index, if these are not. Of `few`
        rows the keys are taken together where others inherit their scope.
        """
        arms = tuple(_apart(tuple(walked) or conditions))
        narrowed = self.filter(reduce(or_, conditions))
        narrowed.arms, narrowed._of_arms = arms, tuple(self.filter(arm) for arm in arms) if few else ()
        return narrowed

    def keys_in_scope(self) -> QuerySet[Any]:
        """Give the keys of rows that were narrowed and nothing else; of few, condition by condition for the index."""
        rows = [arm.order_by().values("pk") for arm in self._of_arms] or [self.order_by().values("pk")]
        return rows[0].union(*rows[1:], all=True) if len(rows) > 1 else rows[0]

    @property
    def are_few(self) -> bool:
        """Tell whether the scope's rows are few enough to be gathered."""
        return bool(self._of_arms)

    def looked_up(self, key: str) -> Subquery:
        """Give, for a row that points here by `key`, the same key if it is in scope, else null.

        One value for one row, so that the planner has no choice but to ask as rows are walked: as a join it would
        gather a wide scope whole to list the first fifty of what hangs on it.
        """
        return Subquery(self.order_by().filter(pk=OuterRef(key)).values("pk")[:1])

    def _clone(self) -> Self:
        clone: Self = super()._clone()  # type: ignore[misc]
        clone.arms, clone._of_arms = self.arms, self._of_arms
        return clone


def _apart(conditions: tuple[Q, ...]) -> Iterator[Q]:
    """Yield the conditions so that no row is under two of them."""
    for place, condition in enumerate(conditions):
        before = conditions[:place]
        yield condition & ~reduce(or_, before) if before else condition


ScopedManager = models.Manager.from_queryset(ScopedQuerySet)


def scope_parent(model: type[Model], path: str) -> type[Model]:
    """Give the model that `path` leads to. :raises TypeError: when the path is no foreign key."""
    field = model._meta.get_field(path)
    if not isinstance(field, ForeignKey):
        raise TypeError(f"{model._meta.label}.{path} is no foreign key")
    related: type[Model] = field.related_model
    return related


def is_scoped(model: type[Model]) -> bool:
    """Tell whether rows of this model are seen by scope."""
    return isinstance(model._default_manager.all(), ScopedQuerySet)
