"""The columns of a list, of which each user picks and orders his own. A preference of display: no rule hangs on it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar
from urllib.parse import urlencode

from django.contrib import admin
from django.contrib.admin.utils import label_for_field
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone

from finpulse.kernel.models import ListColumns

UP, DOWN = "up", "down"
# Both name columns and rows by their place, which the choice has changed.
PLACES = ("o", "p")


@dataclass(frozen=True)
class Column:
    """A column that a list offers: its name, its head, whether it is shown, whether it leads on and always stays."""

    name: str
    label: str
    shown: bool
    fixed: bool


class ChosenColumns(admin.ModelAdmin):
    """A ModelAdmin whose `list_offered` are columns beside its standard, each to who holds what `offered_to` asks."""

    list_offered: ClassVar[tuple[str, ...]] = ()
    offered_to: ClassVar[dict[str, str]] = {}

    def get_list_display(self, request: HttpRequest) -> tuple[str, ...]:
        """Give the user's columns, or the standard."""
        standard = self._standard(request)
        return self._chosen(request, standard) if self.list_offered else standard

    def get_list_select_related(self, request: HttpRequest) -> Any:
        """Read along what the columns shown name."""
        along: Any = super().get_list_select_related(request)
        if not self.list_offered or isinstance(along, bool):
            return along
        hidden = {*self._standard(request), *self.list_offered} - set(self.get_list_display(request))
        return tuple(name for name in along if name not in hidden)

    def with_columns(self, rows: QuerySet[Any], columns: Sequence[str]) -> QuerySet[Any]:
        """Read what the columns shown need beyond the row."""
        return rows

    def columns_offered(self, request: HttpRequest) -> list[Column]:
        """Give all columns for this user's role, those shown first and in his order; none where there is no choice."""
        if not self.list_offered:
            return []
        standard = self._standard(request)
        shown = self.get_list_display(request)
        names = [*shown, *(name for name in self._offered(request, standard) if name not in shown)]
        labels = [label_for_field(name, self.model, self) for name in names]
        return [
            Column(name, str(label), name in shown, name == standard[0])
            for name, label in zip(names, labels, strict=True)
        ]

    def columns_urls(self) -> list[URLPattern]:
        """Give the address at which they are chosen."""
        if not self.list_offered:
            return []
        view = self.admin_site.admin_view(self.columns_view)
        return [path("columns/", view, name=f"{self._place}_columns")]

    def columns_view(self, request: HttpRequest) -> HttpResponse:
        """Show what may be picked; keep what was."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        query = _kept(request)
        if request.method != "POST":
            return self._sheet(request, query)
        if "standard" in request.POST:
            self._keep(request, ())
        else:
            self._keep(request, moved(request.POST.getlist("column"), request.POST.get("move", "")))
        if "move" in request.POST:
            return redirect(f"{reverse(f'admin:{self._place}_columns')}?{urlencode({'list': query})}")
        return self._back(query)

    def _sheet(self, request: HttpRequest, query: str) -> HttpResponse:
        context = {
            **self.admin_site.each_context(request),
            "title": "Columns",
            "opts": self.opts,
            "columns": self.columns_offered(request),
            "query": query,
        }
        return TemplateResponse(request, "admin/columns.html", context)

    def _back(self, query: str) -> HttpResponseRedirect:
        return redirect(reverse(f"admin:{self._place}_changelist") + (f"?{query}" if query else ""))

    @property
    def _place(self) -> str:
        return f"{self.opts.app_label}_{self.opts.model_name}"

    def _standard(self, request: HttpRequest) -> tuple[str, ...]:
        return tuple(map(str, super().get_list_display(request)))

    def _offered(self, request: HttpRequest, standard: Iterable[str]) -> tuple[str, ...]:
        names = dict.fromkeys((*standard, *self.list_offered))
        asked = self.offered_to
        return tuple(name for name in names if name not in asked or request.user.has_perm(asked[name]))

    def _chosen(self, request: HttpRequest, standard: tuple[str, ...]) -> tuple[str, ...]:
        """Give what the user picked as far as it is offered; asked once for a request."""
        known: dict[str, tuple[str, ...]] = request.__dict__.setdefault("_chosen_columns", {})
        if self._place not in known:
            row = ListColumns.objects.filter(user=request.user.pk, listed=self._listed).values_list(
                "columns", flat=True
            )
            known[self._place] = fitting(row.first() or (), self._offered(request, standard)) or standard
        return known[self._place]

    @property
    def _listed(self) -> str:
        label: str = self.opts.label_lower
        return label

    def _keep(self, request: HttpRequest, columns: Sequence[str]) -> None:
        """Write the choice down; the standard is none."""
        standard = self._standard(request)
        names = fitting(columns, self._offered(request, standard))
        of_user: dict[str, Any] = {"user_id": request.user.pk, "listed": self._listed}
        if names in ((), standard):
            ListColumns.objects.filter(**of_user).delete()
        else:
            changed = {"columns": list(names), "changed_at": timezone.now()}
            ListColumns.objects.update_or_create(**of_user, defaults=changed)


def fitting(columns: Any, offered: tuple[str, ...]) -> tuple[str, ...]:
    """Give of the columns those that are offered, each once, the first offered one before all; none for none."""
    if not isinstance(columns, Sequence) or isinstance(columns, str) or not columns:
        return ()
    picked = dict.fromkeys(name for name in columns if name in offered[1:])
    return (offered[0], *picked)


def moved(columns: Sequence[str], move: str) -> list[str]:
    """Give the columns with one of them a place "name:up" or "name:down"."""
    name, _, way = move.rpartition(":")
    names = list(columns)
    if name in names and way in (UP, DOWN):
        place = names.index(name)
        names.insert(max(place + (1 if way == DOWN else -1), 0), names.pop(place))
    return names


def _kept(request: HttpRequest) -> str:
    """Give the list's own query as the form brings it back, without what names columns and rows by their place."""
    asked = request.POST if request.method == "POST" else request.GET
    query = QueryDict(asked.get("list", ""), mutable=True)
    for name in PLACES:
        query.pop(name, None)
    return query.urlencode()
