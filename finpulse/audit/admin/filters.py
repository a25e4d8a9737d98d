"""The trail narrowed to a person, a verb, a kind of subject."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.contrib import admin
from django.contrib.auth import get_user_model
from django.db.models import QuerySet
from django.http import HttpRequest

from finpulse.audit.models import AuditEvent
from finpulse.audit.selectors import values_kept
from finpulse.audit.sight import administration, is_open
from finpulse.audit.verbs import words_of

LONGEST_KEY = 19


def person_of(text: str) -> Any:
    """Give whom an address names by his key, None for nobody."""
    is_key = text.isascii() and text.isdigit() and len(text) < LONGEST_KEY
    return get_user_model()._default_manager.filter(pk=int(text)).first() if is_key else None


class ActorFilter(admin.SimpleListFilter):
    """One person's events. Shown while the address names him: his own page leads here, and so does his name."""

    title = "who"
    parameter_name = "actor"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """Give him who is named."""
        text = str(self.used_parameters.get(self.parameter_name) or "")
        return [(text, str(person_of(text) or "nobody"))] if text else []

    def queryset(self, request: HttpRequest, queryset: QuerySet[AuditEvent]) -> QuerySet[AuditEvent]:
        """Narrow to him."""
        value = self.value()
        if not value:
            return queryset
        person = person_of(value)
        return queryset.filter(actor=person) if person else queryset.none()


class _Kept(admin.SimpleListFilter):
    """What the trail has of one of its columns."""

    def kept(self, request: HttpRequest) -> list[str]:
        """Give the values, read once for all filters of a page."""
        found: dict[str, list[str]] | None = getattr(request, "values_kept", None)
        if found is None:
            found = request.values_kept = values_kept()  # type: ignore[attr-defined]  # for this page's filters
        return found[str(self.parameter_name)]

    def queryset(self, request: HttpRequest, queryset: QuerySet[AuditEvent]) -> QuerySet[AuditEvent]:
        """Narrow to it."""
        value = self.value()
        return queryset.filter(**{str(self.parameter_name): value}) if value else queryset


class VerbFilter(_Kept):
    """Events of one verb, in words."""

    title = "what"
    parameter_name = "verb"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """Give the verbs that the trail has and that the user's events can have."""
        verbs = self.kept(request)
        if not is_open(request.user):
            verbs = [verb for verb in verbs if verb.rpartition(".")[0] in administration]
        return sorted(((verb, words_of(verb)) for verb in verbs), key=lambda choice: choice[1])


class SubjectFilter(_Kept):
    """Events about one kind of row."""

    title = "about"
    parameter_name = "subject_type"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """Give the kinds that the trail has and that the user reads of."""
        kinds = self.kept(request)
        if not is_open(request.user):
            kinds = [kind for kind in kinds if kind in administration]
        return sorted(((kind, noun(kind)) for kind in kinds), key=lambda choice: choice[1])


def noun(kind: str) -> str:
    """Give what the screen calls a kind of row."""
    try:
        return str(apps.get_model(kind)._meta.verbose_name).capitalize()
    except (LookupError, ValueError):
        return kind.rpartition(".")[2].replace("_", " ").capitalize()
