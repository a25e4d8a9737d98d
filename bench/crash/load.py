"""People at work meanwhile: alice looks, erin has given-up tasks tried again, which queues them."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import cycle
from statistics import quantiles
from time import monotonic

import requests

from finpulse.identity.demo_accounts import PASSWORD

PAGES = ("/admin/", "/admin/crm/customer/", "/api/v1/customers/?page_size=20")
PAUSE_SECONDS = 0.4
FEWEST = 5


class Load:
    """Two people, each at most two and a half requests a second; what each request took."""

    def __init__(self, address: str) -> None:
        self._address = address
        self._stop = threading.Event()
        self._tasks: list[int] = []
        self.answers: list[tuple[float, float, bool]] = []
        self._threads = [threading.Thread(target=work, daemon=True) for work in (self._look, self._queue)]

    def offer(self, tasks: list[int]) -> None:
        """Give erin tasks to try again."""
        self._tasks = list(tasks)

    def p95(self, since: float, until: float) -> float | None:
        """Give the 95th percentile of seconds of requests begun in a span of the monotonic clock; None of too few."""
        taken = [seconds for begun, seconds, _ in self.answers if since <= begun < until]
        return quantiles(taken, n=20)[-1] if len(taken) >= FEWEST else None

    def errors(self, since: float) -> int:
        """Give how many requests since a moment failed."""
        return sum(not good for begun, _, good in self.answers if begun >= since)

    def start(self) -> None:
        """Begin to work."""
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        """Go home."""
        self._stop.set()
        for thread in self._threads:
            thread.join()

    def _look(self) -> None:
        session = self._sign_in("alice")
        for page in cycle(PAGES):
            if self._stop.wait(PAUSE_SECONDS):
                return
            self._ask(lambda page=page: session.get(f"{self._address}{page}", timeout=30))

    def _queue(self) -> None:
        session = self._sign_in("erin")
        while not self._stop.wait(PAUSE_SECONDS):
            if self._tasks:
                url = f"{self._address}/admin/kernel/queuedtask/{self._tasks.pop()}/retry/"
                self._ask(lambda url=url: self._post(session, url, {}))

    def _ask(self, send) -> None:
        begun = monotonic()
        try:
            good = send().status_code < 400
        except requests.RequestException:
            good = False
        self.answers.append((begun, monotonic() - begun, good))

    def _sign_in(self, name: str) -> requests.Session:
        session = requests.Session()
        url = f"{self._address}/admin/login/"
        session.get(url, timeout=30)
        answer = self._post(session, url, {"username": name, "password": PASSWORD})
        if answer.status_code != 302:
            raise RuntimeError(f"{name} cannot sign in: {answer.status_code}")
        return session

    @staticmethod
    def _post(session: requests.Session, url: str, fields: dict[str, str]) -> requests.Response:
        token = session.cookies["csrftoken"]
        fields = {"csrfmiddlewaretoken": token, **fields}
        return session.post(url, data=fields, allow_redirects=False, timeout=30)


@contextmanager
def load_on(address: str) -> Iterator[Load]:
    """Have people at work for the duration of the block."""
    load = Load(address)
    load.start()
    try:
        yield load
    finally:
        load.stop()
