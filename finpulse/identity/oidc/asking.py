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
# The errors of RFC 6749 and OpenID Connect by which a provider takes back its word for a person, and not for us all.
REFUSALS = {"access_denied", "consent_required", "interaction_required", "invalid_grant", "login_required"}


class ProviderUnavailable(Exception):
    """The provider gave no usable answer. The text is fit for a log: it holds nothing of what was sent or answered."""


class ProviderRefuses(ProviderUnavailable):
    """The provider answers No: the grant, or the account behind it, is good no longer."""


def ask(method: str, url: str, *, what: str, **content: Any) -> dict[str, Any]:
    """Give the JSON object that the provider answers; `what` names the question in the log.

    :raises ProviderRefuses: when it says that the grant is good no longer.
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
                raise _refusal(answer, what, deadline)
            if "json" not in answer.headers.get("Content-Type", ""):
                raise ProviderUnavailable(f"{what} is not JSON by its type")
            body = _body(answer, what, deadline)
    except (requests.RequestException, HTTPError, OSError) as error:
        raise ProviderUnavailable(f"{what}: {type(error).__name__}") from error
    return _object(body, what)


def _refusal(answer: requests.Response, what: str, deadline: float) -> ProviderUnavailable:
    text = f"{what} answered {answer.status_code}"
    if answer.status_code != requests.codes.bad_request:
        return ProviderUnavailable(text)
    try:
        error = _object(_body(answer, what, deadline), what).get("error")
    except ProviderUnavailable:
        error = None
    return ProviderRefuses(text) if isinstance(error, str) and error in REFUSALS else ProviderUnavailable(text)


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
