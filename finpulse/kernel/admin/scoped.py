"""A ModelAdmin through which no row outside the user's scope can be seen, named or touched."""

from __future__ import annotations

from typing import Any

from django.contrib.admin.options import InlineModelAdmin
from django.contrib.admin.views.main import ORDER_VAR, PAGE_VAR, ChangeList
from django.db.models import Field, ForeignKey, ManyToManyField, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern

from finpulse.kernel.access.keys import CAP
from finpulse.kernel.access.scope import is_scoped
from finpulse.kernel.admin.bulk import BulkVerbs
from finpulse.kernel.admin.change_list import ScopedChangeList
from finpulse.kernel.admin.columns import ChosenColumns
from finpulse.kernel.admin.looking import tell_changelist
from finpulse.kernel.admin.paginator import CappedPaginator
from finpulse.kernel.looking import tell_row


class _Scoped:
    """What change pages and inlines share."""

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """Narrow to the user's scope."""
        rows: Any = super().get_queryset(request)  # type: ignore[misc]
        narrowed: QuerySet[Any] = rows.visible_to(request.user) if is_scoped(rows.model) else rows
        return narrowed

    def formfield_for_foreignkey(self, db_field: ForeignKey[Any, Any], request: HttpRequest, **kwargs: Any) -> Any:
        """Offer, and accept by POST, only rows in scope."""
        _narrow(db_field, request, kwargs)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)  # type: ignore[misc]

    def formfield_for_manytomany(self, db_field: ManyToManyField[Any, Any], request: HttpRequest, **kwargs: Any) -> Any:
        """Offer, and accept by POST, only rows in scope."""
        _narrow(db_field, request, kwargs)
        return super().formfield_for_manytomany(db_field, request, **kwargs)  # type: ignore[misc]

    def _may(self, request: HttpRequest, verb: str, obj: Any) -> bool:
        meta = self.opts  # type: ignore[attr-defined]
        return request.user.has_perm(f"{meta.app_label}.{verb}_{meta.model_name}", obj)


class ScopedModelAdmin(_Scoped, ChosenColumns, BulkVerbs):
    """Stock pages, scoped. A row outside the scope is 404 for GET and POST alike; the role is asked with the row."""

    # What the page of the list is called and what one does there, and what one row and many are called there, where
    # the model's own name is not the bank's word.
    list_title = list_purpose = row_called = rows_called = ""

    paginator = CappedPaginator
    show_full_result_count = False
    view_on_site = False
    list_per_page = list_max_show_all = 50
    actions = None
    save_on_top = False

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ScopedChangeList]:
        """Use the kernel's list."""
        return ScopedChangeList

    def get_paginator(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Tell the paginator whether a search or filter has narrowed the rows."""
        narrowed = bool(set(request.GET) - {PAGE_VAR, ORDER_VAR})
        return self.paginator(*args, narrowed=narrowed, cap=self.get_cap(request), **kwargs)

    def get_cap(self, request: HttpRequest) -> int:
        """Give how far the list is counted and paged."""
        return CAP

    def get_urls(self) -> list[URLPattern]:
        """Leave out the nameless address that answers any id with a redirect, and deleting, which no one may."""
        stock = [url for url in super().get_urls() if url.name and not url.name.endswith("_delete")]
        return [*self.columns_urls(), *self.bulk_urls(), *stock]

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Have the address follow a list that is narrowed, ordered or paged in place."""
        response = super().changelist_view(request, extra_context)
        if request.headers.get("HX-Target") == "list":
            response["HX-Push-Url"] = request.get_full_path()
        return response

    def get_changelist_instance(self, request: HttpRequest) -> ChangeList:
        """Write the look down once the list is narrowed and counted, before its rows are read."""
        changelist = super().get_changelist_instance(request)
        tell_changelist(request, changelist)
        return changelist

    def render_change_form(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Write the look down before the row's page is shown."""
        self._tell_row(request, kwargs.get("obj"), "form")
        return super().render_change_form(request, *args, **kwargs)

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Write the look down before the page that names the row is shown."""
        response = super().history_view(request, object_id, extra_context)
        self._tell_row(request, response.context_data["object"], "history")  # type: ignore[attr-defined]
        return response

    def _tell_row(self, request: HttpRequest, obj: Any, surface: str) -> None:
        if obj is not None and is_scoped(self.model):
            tell_row(obj, actor=request.user, surface=surface)

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Any:
        """Give the row if role and scope reach it, else None: to who has no part in these, no row is there."""
        return super().get_object(request, object_id, from_field) if self.has_view_permission(request) else None

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Ask role and row."""
        return self._may(request, "view", obj) or self._may(request, "change", obj)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Ask role and row."""
        return self._may(request, "change", obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nothing is deleted from the console: it is closed, ended or erased by its own verb."""
        return False

    def _get_obj_does_not_exist_redirect(self, request: HttpRequest, opts: Any, object_id: str) -> HttpResponse:
        raise Http404(f"no {opts.verbose_name} {object_id} in scope")

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest | None = None) -> bool:
        """Allow only what the list's own filters ask: a lookup across a relation would read rows out of scope."""
        name, _, how = lookup.partition("__")
        own = not how or ("__" not in how and name in self._filtered_columns())
        return own and super().lookup_allowed(lookup, value, request)  # type: ignore[arg-type]

    def _filtered_columns(self) -> set[str]:
        """Give the row's own columns among the list's filters."""
        named = [entry[0] if isinstance(entry, tuple) else entry for entry in self.list_filter]
        return {name for name in named if isinstance(name, str) and not self.opts.get_field(name).is_relation}


class ScopedInline(_Scoped, InlineModelAdmin):
    """Rows on another row's page, scoped by themselves too."""

    template = "admin/edit_inline/tabular.html"
    extra = 0
    can_delete = False

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Ask the role; the page has asked for the parent."""
        return self._may(request, "view", None)


def _narrow(db_field: Field[Any, Any], request: HttpRequest, kwargs: dict[str, Any]) -> None:
    related: Any = db_field.related_model
    if is_scoped(related):
        kwargs["queryset"] = related._default_manager.visible_to(request.user)
