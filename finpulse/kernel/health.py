"""Is the process alive, and what does it depend on that is not?"""

from __future__ import annotations

import socket
import ssl
from collections.abc import Callable
from contextlib import suppress
from urllib.parse import urlsplit

from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django_redis import get_redis_connection

ANSWER_SECONDS = 1.0
# What each broker answers before anyone has signed in: a frozen one still takes connections, and says nothing.
GREETINGS = {"amqp": b"AMQP\x00\x00\x09\x01", "redis": b"PING\r\n"}


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
    # A greeting only: a web process never speaks to the broker.
    parts = urlsplit(settings.CELERY_BROKER_URL)
    address = (parts.hostname or "", parts.port or 5672)
    with socket.create_connection(address, timeout=ANSWER_SECONDS) as connection:
        if parts.scheme in GREETINGS:
            connection.sendall(GREETINGS[parts.scheme])
            if not connection.recv(1):
                raise ConnectionError("the broker hung up")
        else:
            _shake_hands(connection)


def _shake_hands(connection: socket.socket) -> None:
    """Begin TLS; whether the certificate is one to trust is for those to judge who send something."""
    with suppress(ssl.SSLCertVerificationError):
        ssl.create_default_context().wrap_socket(connection, server_hostname="broker").close()


CHECKS: dict[str, Callable[[], None]] = {"database": _database, "cache": _cache, "broker": _broker}
