"""The stock site's addresses, the same as ours."""

from django.http import HttpRequest, HttpResponse
from django.urls import path

from bench.frame.stock.site import site


def healthz(request: HttpRequest) -> HttpResponse:
    """Say that this process answers."""
    return HttpResponse("ok")


urlpatterns = [path("healthz", healthz), path("admin/", site.urls)]
