"""Asking the identity provider: bounded in time and size, never led elsewhere, one JSON object a question."""

from __future__ import annotations

import json
from time import monotonic
from typing import Any

import requests
from django.conf import settings
from urllib3.exceptions import HTTPError

MOST_BYTES = 512 * 1024
PIECE_BYTES = 16 * 1024


class ProviderUnavailable(Exception):
    """The provider gave no usable answer. The text is fit for a log: it holds nothing of what was sent or answered."""


def ask(method: str, url: str, *, what: str, **content: Any) -> dict[str, Any]:
    """Give the JSON object that the provider answers; `what` names the question in the log.

    :raises ProviderUnavailable: for any other answer, and for one that is not whole within OIDC_TIMEOUT seconds.
    """
    deadline = monotonic() + settings.OIDC_TIMEOUT
    # Asked for uncompressed, so that what is counted is what is read into memory.
    headers = {"Accept": "application/json", "Accept-Encoding": "identity"} | content.pop("headers", {})
    try:
        with requests.request(
            method,
            url,
            headers=headers,
            timeout=settings.OIDC_TIMEOUT,
            allow_redirects=False,
            stream=True,
            **content,
        ) as answer:
            if answer.status_code != requests.codes.ok:
                raise ProviderUnavailable(f"{what} answered {answer.status_code}")
            if "json" not in answer.headers.get("Content-Type", ""):
                raise ProviderUnavailable(f"{what} is not JSON by its type")
            body = _body(answer, what, deadline)
    except (requests.RequestException, HTTPError, OSError) as error:
        raise ProviderUnavailable(f"{what}: {type(error).__name__}") from error
    return _object(body, what)


def _body(answer: requests.Response, what: str, deadline: float) -> bytes:
    # A timeout of the socket begins anew with every byte: a drip would hold the thread for hours.
    body = bytearray()
    while piece := answer.raw.read1(PIECE_BYTES, decode_content=False):
        body += piece
        if len(body) > MOST_BYTES:
            raise ProviderUnavailable(f"{what} is longer than {MOST_BYTES} bytes")
        if monotonic() > deadline:
            raise ProviderUnavailable(f"{what} is not whole within {settings.OIDC_TIMEOUT} s")
    return bytes(body)


def _object(body: bytes, what: str) -> dict[str, Any]:
    try:
        document = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise ProviderUnavailable(f"{what} is not JSON") from error
    if not isinstance(document, dict):
        raise ProviderUnavailable(f"{what} is no JSON object")
    return document
