"""A POST with an Idempotency-Key is done once; the same request again gets the same answer."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.db import connection, transaction
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response

from finpulse.kernel.errors import DomainError, InputError
from finpulse.kernel.models import IdempotentAnswer

LONGEST_KEY = 200


class IdempotencyKeyReused(DomainError):
    """The key belongs to another request."""

    status = 422
    title = "Key used for another request"


def once(method: Callable[..., Response]) -> Callable[..., Response]:
    """Wrap a viewset's writing method. Without the header it runs as it is.

    The lock is on user and key: a twin sent at the same moment waits and then gets the first one's answer. A request
    that failed leaves nothing behind and may be sent again.
    """

    @wraps(method)
    def wrapped(view: Any, request: Request, *args: Any, **kwargs: Any) -> Response:
        key = request.headers.get("Idempotency-Key", "")
        if not key:
            return method(view, request, *args, **kwargs)
        if len(key) > LONGEST_KEY:
            raise InputError(f"An Idempotency-Key has at most {LONGEST_KEY} characters.")
        with transaction.atomic():
            user: Any = request.user
            _lock(user.pk, key)
            given = IdempotentAnswer.objects.filter(user=user, key=key).first()
            if given is not None:
                return _again(given, _fingerprint(request))
            response = method(view, request, *args, **kwargs)
            body = json.loads(JSONRenderer().render(response.data))
            IdempotentAnswer.objects.create(
                user=user, key=key, fingerprint=_fingerprint(request), status=response.status_code, body=body
            )
            return response

    return wrapped


def _again(given: IdempotentAnswer, fingerprint: str) -> Response:
    if given.fingerprint != fingerprint:
        raise IdempotencyKeyReused("This Idempotency-Key was used for another request. Take a new one.")
    return Response(given.body, status=given.status, headers={"Idempotency-Replayed": "true"})


def _fingerprint(request: Request) -> str:
    body = json.dumps(request.data, sort_keys=True, default=str)
    return hashlib.sha256(f"{request.method} {request.path}\n{body}".encode()).hexdigest()


def _lock(user_id: int, key: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"{user_id} {key}"])
