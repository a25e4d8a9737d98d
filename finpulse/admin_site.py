"""The console: Django's admin site with our index, sign-in and navigation."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import admin
from django.contrib.admin.apps import AdminConfig
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse


class FinPulseAdminSite(admin.AdminSite):
    """Stock admin underneath; my day is its index."""

    site_header = "FinPulse"
    site_title = "FinPulse"
    index_title = "My day"
    index_template = "admin/my_day.html"
    login_template = "admin/login.html"
    enable_nav_sidebar = False
    empty_value_display = "–"

    def register(self, model_or_iterable: Any, admin_class: Any = None, **options: Any) -> None:
        """Take pages built on the kernel's scoped ModelAdmin; what packages bring along is not for the console."""
        from finpulse.kernel.admin import ScopedModelAdmin

        if admin_class is not None and issubclass(admin_class, ScopedModelAdmin):
            super().register(model_or_iterable, admin_class, **options)

    def each_context(self, request: HttpRequest) -> dict[str, Any]:
        """Add the navigation that the user's role may use."""
        from finpulse.kernel.admin.navigation import navigation_for

        context = super().each_context(request)
        if self.has_permission(request):
            context["navigation"] = navigation_for(request)
        return context

    def get_urls(self) -> list[Any]:
        """Put the apps' own pages first; leave out the address of a row's public page: there are none."""
        from finpulse.kernel.registries import admin_urls

        own = [url for urls_of in admin_urls for url in urls_of(self)]
        return own + [url for url in super().get_urls() if getattr(url, "name", None) != "view_on_site"]

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> TemplateResponse:
        """My day: the cards that the apps register."""
        from finpulse.kernel.admin.looking import tell_my_day
        from finpulse.kernel.admin.panels import cards_for

        cards = cards_for(request)
        tell_my_day(request, cards)
        return super().index(request, {"cards": cards, **(extra_context or {})})

    def autocomplete_view(self, request: HttpRequest) -> Any:
        """Offer choices for a related row, once the search is written down."""
        from finpulse.kernel.admin.looking import ToldAutocomplete

        return ToldAutocomplete.as_view(admin_site=self)(request)

    def app_index(self, request: HttpRequest, app_label: str, extra_context: Any = None) -> Any:
        """Lead to my day: the navigation names every list."""
        return redirect("admin:index")

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """SSO first; a password form only where settings allow it; who is signed in without access is told so."""
        from finpulse.identity.forms import SignInForm
        from finpulse.kernel.errors.pages import forbidden

        self.login_form = SignInForm
        if request.user.is_authenticated and not self.has_permission(request):
            return forbidden(request)
        if request.method == "POST" and not settings.PASSWORD_SIGN_IN:
            return redirect("admin:login")
        return super().login(request, {"password_sign_in": settings.PASSWORD_SIGN_IN, **(extra_context or {})})

    def logout(self, request: HttpRequest, extra_context: Any = None) -> Any:
        """End the session here and at the identity provider."""
        from finpulse.identity.oidc.views import sign_out

        return sign_out(request)


class FinPulseAdminConfig(AdminConfig):
    """Makes our site the default one."""

    default_site = "finpulse.admin_site.FinPulseAdminSite"
