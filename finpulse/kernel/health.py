"""Is the process alive, and what does it depend on that is not?"""

from __future__ import annotations

import socket
from collections.abc import Callable
from urllib.parse import urlsplit

from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django_redis import get_redis_connection

CONNECT_SECONDS = 1.0


def healthz(request: HttpRequest) -> HttpResponse:
    """Answer 200 as long as the process serves requests."""
    return HttpResponse("ok\n", content_type="text/plain")


def readyz(request: HttpRequest) -> JsonResponse:
    """Answer per dependency: 503 while the database is away, 200 "degraded" while the cache or the broker is."""
    parts = {name: _answer(check) for name, check in CHECKS.items()}
    if parts["database"] != "ok":
        return JsonResponse({"status": "unavailable", "dependencies": parts}, status=503)
    status = "ok" if set(parts.values()) == {"ok"} else "degraded"
    return JsonResponse({"status": status, "dependencies": parts})


def _answer(check: Callable[[], None]) -> str:
    try:
        check()
    except Exception as error:  # a dependency may fail in any way: each is an answer here
        return type(error).__name__
    return "ok"


def _database() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")


def _cache() -> None:
    get_redis_connection("default").ping()


def _broker() -> None:
    # A connection only: a web process never speaks to the broker.
    parts = urlsplit(settings.CELERY_BROKER_URL)
    socket.create_connection((parts.hostname, parts.port or 5672), timeout=CONNECT_SECONDS).close()


CHECKS: dict[str, Callable[[], None]] = {"database": _database, "cache": _cache, "broker": _broker}
