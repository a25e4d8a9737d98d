"""Asking as somebody, and reading all that an answer lets out."""

from __future__ import annotations

import json
import re
from typing import Any

from django.apps import apps
from django.db import connection
from django.test import Client

from finpulse.identity.models import User
from finpulse.kernel.access.scope import is_scoped
from finpulse.kernel.models import Proposal
from finpulse.kernel.registries import grant_models

BACKEND = "finpulse.identity.backends.RoleAndScopeBackend"
WRITING = ("post", "put", "patch", "delete")
# What differs between two answers that say the same.
CHANGING = re.compile(
    r"name=\"csrfmiddlewaretoken\" value=\"\w+\"|\"x-csrftoken\": \"\w+\"|Set-Cookie: csrftoken=.*"
    r"|'Expires': '[^']*'|'X-Request-ID': '\w+'|[\d-]+T[\d:.]+"
    # When a cookie was signed, and its signature.
    r"|:\w{6}:[\w-]{43}"
)


def signed_in(user: User | None) -> Client:
    """Give a browser, signed in unless nobody is."""
    client = Client(raise_request_exception=False)
    if user is not None:
        client.force_login(user, backend=BACKEND)
    return client


def ask(client: Client, method: str, url: str, data: Any = None) -> Any:
    """Send a request as its surface takes it: forms to the console, JSON to the API."""
    if method in WRITING and url.startswith("/api/"):
        return getattr(client, method)(url, json.dumps(data or {}), content_type="application/json")
    return getattr(client, method)(url, data or {})


def said(response: Any, url: str = "") -> str:
    """Give body and headers, without the address that was asked for."""
    text = body(response) + str(response.headers) + str(response.cookies)
    return text.replace(url.partition("?")[0], "") if url else text


def body(response: Any) -> str:
    """Give the body; of one that is streamed what was read when it was first asked for."""
    if "whole" not in response.__dict__:
        response.whole = response.getvalue().decode()
    whole: str = response.whole
    return whole


def alike(response: Any, url: str) -> tuple[int, str]:
    """Give an answer so that it equals another that says the same."""
    return response.status_code, CHANGING.sub("", said(response, url))


def apart(one: tuple[int, str], other: tuple[int, str]) -> str:
    """Give where two answers part."""
    at = next((at for at, (left, right) in enumerate(zip(one[1], other[1], strict=False)) if left != right), 0)
    return " / ".join(f"{status} …{text[max(at - 40, 0) : at + 60]!r}" for status, text in (one, other))


def checksums() -> dict[str, str]:
    """Give, by table, a checksum of every row that belongs to a customer, opens one or proposes something."""
    tables = [model._meta.db_table for model in apps.get_models() if is_scoped(model)]
    tables += [model._meta.db_table for model in grant_models]
    tables.append(Proposal._meta.db_table)
    one = "SELECT '{0}', md5(coalesce(string_agg(t::text, '|' ORDER BY t::text), '')) FROM {0} t"
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(one.format(table) for table in tables))
        return dict(cursor.fetchall())
