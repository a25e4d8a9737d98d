"""Somebody who is signed in and asks for pages over HTTP, one after another, on one connection."""

from __future__ import annotations

import http.client
import re
import time
from http.cookies import SimpleCookie
from urllib.parse import urlencode, urlsplit

from finpulse.identity.demo_accounts import PASSWORD

LOGIN = "/admin/login/"
_FOUND = re.compile(r'class="filters__count" role="status">([\d,]+\+?)')


class Visitor:
    """One session."""

    def __init__(self, address: str, username: str) -> None:
        self._connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=60)
        self._cookies: dict[str, str] = {}
        self.get(LOGIN)
        answer = {
            "username": username,
            "password": PASSWORD,
            "next": "/admin/",
            "csrfmiddlewaretoken": self._cookies["csrftoken"],
        }
        self._ask("POST", LOGIN, http.client.FOUND, urlencode(answer))

    def get(self, url: str) -> tuple[float, str]:
        """Give the seconds until the whole page was read, and what its list says was found."""
        started = time.perf_counter()
        body = self._ask("GET", url, http.client.OK)
        seconds = time.perf_counter() - started
        found = _FOUND.search(body.decode())
        return seconds, found.group(1) if found else ""

    def close(self) -> None:
        """Hang up."""
        self._connection.close()

    def _ask(self, method: str, url: str, wanted: int, body: str | None = None) -> bytes:
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self._cookies.items())}
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        self._connection.request(method, url, body, headers)
        response = self._connection.getresponse()
        content = response.read()
        if response.status != wanted:
            raise SystemExit(f"{method} {url} answered {response.status}")
        for line in response.headers.get_all("Set-Cookie", []):
            self._cookies |= {name: morsel.value for name, morsel in SimpleCookie(line).items()}
        return content
