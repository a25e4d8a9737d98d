"""The page on which a verb on many rows is confirmed, and its doing."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any, ClassVar

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.options import IS_POPUP_VAR
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse

from finpulse.kernel.access.scope import is_scoped
from finpulse.kernel.admin.bulk.selection import NothingSelected, selected_rows
from finpulse.kernel.admin.bulk.verb import BulkVerb
from finpulse.kernel.errors import DomainError, InputError
from finpulse.kernel.looking import tell_list

CONFIRMED = "confirmed"
NAMED = 12


class BulkVerbs(admin.ModelAdmin):
    """A ModelAdmin whose list offers `bulk_verbs` for the rows that are selected; none by default."""

    bulk_verbs: ClassVar[tuple[BulkVerb, ...]] = ()

    def verbs_for(self, request: HttpRequest) -> list[dict[str, str]]:
        """Give label and address of each verb that this user's role may use."""
        if IS_POPUP_VAR in request.GET:
            return []
        return [
            {"label": verb.label, "url": reverse(f"admin:{self._verb_name(verb)}")}
            for verb in self.bulk_verbs
            if request.user.has_perm(verb.permission)
        ]

    def bulk_urls(self) -> list[URLPattern]:
        """Give the address of each verb."""
        return [
            path(
                f"bulk/{verb.name}/",
                self.admin_site.admin_view(partial(self.bulk_view, verb=verb)),
                name=self._verb_name(verb),
            )
            for verb in self.bulk_verbs
        ]

    def bulk_view(self, request: HttpRequest, verb: BulkVerb) -> HttpResponse:
        """Say what would be done; once that is confirmed, do it and go back to the list as it was."""
        if not request.user.has_perm(verb.permission) or not self.has_view_permission(request):
            raise Http404("no such verb for this role")
        if request.method != "POST":
            return self._to_list(request)
        try:
            return self._answer(request, verb)
        except DomainError as refusal:
            messages.error(request, str(refusal))
            return self._to_list(request)

    def _answer(self, request: HttpRequest, verb: BulkVerb) -> HttpResponse:
        confirmed = CONFIRMED in request.POST
        form = verb.make_form(request.user, request.POST if confirmed else None)
        rows = list(verb.rows(selected_rows(self, request)))
        if not rows:
            raise NothingSelected("Nothing that you see was selected.")
        if confirmed and (form is None or form.is_valid()) and self._done(request, verb, rows, form):
            return self._to_list(request)
        return self._confirm(request, verb, rows, form)

    def _done(self, request: HttpRequest, verb: BulkVerb, rows: Sequence[Any], form: forms.Form | None) -> bool:
        """Do it; False when a field must be corrected first."""
        facts = form.cleaned_data if form else {}
        try:
            outcome = verb.do(keys=[row.pk for row in rows], actor=request.user, facts=facts)
        except DomainError as error:
            if form is None:
                raise
            field = error.field if isinstance(error, InputError) and error.field in form.fields else None
            form.add_error(field, str(error))
            return False
        tell = messages.success if outcome.done else messages.info
        tell(request, verb.told(outcome))
        return True

    def _confirm(
        self, request: HttpRequest, verb: BulkVerb, rows: Sequence[Any], form: forms.Form | None
    ) -> HttpResponse:
        if is_scoped(self.model):
            tell_list(self.model, actor=request.user, surface="bulk", count=len(rows))
        judged = list(zip(rows, verb.verdicts(request.user, rows), strict=True))
        able = [row for row, verdict in judged if verdict]
        refused: dict[str, list[Any]] = {}
        for row, verdict in judged:
            if not verdict:
                refused.setdefault(verdict.reason, []).append(row)
        context = {
            **self.admin_site.each_context(request),
            "title": verb.question(len(able)) if able else f"{verb.label}: nothing to do",
            "opts": self.opts,
            "keys": [row.pk for row in able],
            "checkbox": ACTION_CHECKBOX_NAME,
            "named": verb.names(able[:NAMED]),
            "unnamed": len(able) - NAMED,
            "refused": [(reason, len(left), verb.names(left[:NAMED])) for reason, left in refused.items()],
            "hints": verb.hints(able),
            "form": form,
            "back": self._list_url(request),
        }
        return TemplateResponse(request, "admin/bulk.html", context)

    def _to_list(self, request: HttpRequest) -> HttpResponse:
        return redirect(self._list_url(request))

    def _list_url(self, request: HttpRequest) -> str:
        query = request.GET.urlencode()
        place = f"{self.opts.app_label}_{self.opts.model_name}"
        return reverse(f"admin:{place}_changelist") + (f"?{query}" if query else "")

    def _verb_name(self, verb: BulkVerb) -> str:
        return f"{self.opts.app_label}_{self.opts.model_name}_bulk_{verb.name}"
