"""Copies of the checkout in which the access matrix is run against a patch."""

from __future__ import annotations

import os
import re
import subprocess
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from xml.etree import ElementTree

import psycopg

from bench.closures.patch import Patch
from finpulse.local import addresses, services
from tests.run.checkout import Checkout, copies
from tests.services.database import drop_database

PYTEST = ("-m", "pytest", "-q", "-x", "--no-cov", "--reuse-db", "-p", "no:cacheprovider", "tests/access")
PASSED, FAILED = 0, 1
# "alice, restricted: GET …" says by itself where it was; any other finding is told with its test.
CELL = re.compile(r": (GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS) /?(admin|api)/")
LONGEST_RUN = 1800


@dataclass(frozen=True)
class Outcome:
    """Whether a test failed, the first line of what it said, and how long that took."""

    caught: bool
    said: str
    seconds: float

    def __str__(self) -> str:
        return f"{self.said}  ({self.seconds:.0f} s)"


class RunBroke(Exception):
    """The tests did not come to an answer, which proves nothing."""


class Workplace:
    """One copy with a test database of its own."""

    def __init__(self, checkout: Checkout, database: str) -> None:
        self.checkout, self.database = checkout, database
        self.report = checkout.path / "report.xml"

    def check_patches(self, patches: Iterable[Patch]) -> None:
        """Apply each and take it back. :raises NoLongerApplies: for the first that does not."""
        for patch in patches:
            self._restore(patch, patch.apply(self.checkout.path))

    def run(self, patch: Patch | None) -> Outcome:
        """Run the matrix with the patch applied: first the tests it is known by, then all."""
        started_at = time.monotonic()
        if patch is None:
            return Outcome(*self._pytest(""), time.monotonic() - started_at)
        before = patch.apply(self.checkout.path)
        try:
            caught, said = self._pytest(patch.first)
            if not caught:
                caught, said = self._pytest("")
        finally:
            self._restore(patch, before)
        return Outcome(caught, said if caught else "NOT CAUGHT", time.monotonic() - started_at)

    def _restore(self, patch: Patch, before: str) -> None:
        (self.checkout.path / patch.file).write_text(before, encoding="utf-8")

    def _pytest(self, only: str) -> tuple[bool, str]:
        process = self.checkout.start(*PYTEST, f"--junitxml={self.report}", "-k", only, **self._environment())
        try:
            output, errors = process.communicate(timeout=LONGEST_RUN)
        except subprocess.TimeoutExpired:
            process.kill()
            raise
        if process.returncode not in (PASSED, FAILED):
            raise RunBroke(output[-3000:] + errors[-1000:])
        if process.returncode == PASSED:
            return False, output.strip().splitlines()[-1]
        return True, self._first_finding()

    def _first_finding(self) -> str:
        report = ElementTree.parse(self.report)  # noqa: S314 - pytest wrote it just now
        for case in report.iter("testcase"):
            found = case.find("failure")
            found = found if found is not None else case.find("error")
            if found is not None:
                line = found.get("message", "").splitlines()[0].removeprefix("AssertionError: ")
                return line if CELL.search(line) else f"{case.get('name')}: {line}"
        raise RunBroke("pytest failed and its report tells of no failure")

    def _environment(self) -> dict[str, str]:
        return {
            "DATABASE_URL": addresses.database_url(),
            "DATABASE_OWNER_URL": addresses.database_owner_url(),
            "REDIS_URL": addresses.redis_url(),
            "FINPULSE_TEST_DATABASE": self.database,
            # A patched file may be as old and as long as it was: Python would take what it compiled before.
            "PYTHONDONTWRITEBYTECODE": "1",
        }


@contextmanager
def workplaces(count: int) -> Iterator[list[Workplace]]:
    """Give copies beside running services; in the end nothing is left of them."""
    with services.running(), copies() as make:
        places = [Workplace(make(), f"test_finpulse_closures_{os.getpid()}_{number}") for number in range(count)]
        try:
            yield places
        finally:
            with psycopg.connect(addresses.database_owner_url(), autocommit=True) as connection:
                for place in places:
                    drop_database(connection, place.database)
