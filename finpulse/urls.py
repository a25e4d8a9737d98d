"""Every address of the web."""

from django.contrib import admin
from django.urls import include, path
from django.views.generic import RedirectView

from finpulse.identity.break_glass.views import break_glass
from finpulse.kernel import health
from finpulse.kernel.api.schema import DocsView, SchemaView

handler400 = "finpulse.kernel.errors.pages.bad_request"
handler403 = "finpulse.kernel.errors.pages.forbidden"
handler404 = "finpulse.kernel.errors.pages.not_found"
handler500 = "finpulse.kernel.errors.pages.server_error"

urlpatterns = [
    path("", RedirectView.as_view(pattern_name="admin:index"), name="home"),
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("oidc/", include("finpulse.identity.oidc.urls")),
    path("break-glass/", break_glass, name="break_glass"),
    path("api/v1/schema/", SchemaView.as_view(), name="schema"),
    path("api/v1/docs/", DocsView.as_view(), name="docs"),
    path("api/v1/", include("finpulse.api_router")),
    path("admin/", admin.site.urls),
]
