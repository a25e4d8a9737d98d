"""The style page."""

from __future__ import annotations

from django.contrib.admin import AdminSite
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.views.decorators.http import require_safe

from finpulse.local.style import samples


def urls(site: AdminSite) -> list[URLPattern]:
    """Mount the page."""

    @require_safe
    def page(request: HttpRequest) -> HttpResponse:
        context = {**site.each_context(request), "title": "Style", **samples.all_of_them(request.GET)}
        return TemplateResponse(request, "style/page.html", context)

    return [path("style/", site.admin_view(page), name="style")]
