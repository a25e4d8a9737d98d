"""Every route that names a row of a customer, by every role, in every position towards it, by every method."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.apps import apps
from django.db import transaction

from crm.models import Customer
from finpulse.kernel.access.scope import is_scoped
from tests.access.answers import ASKERS, NOT_OPENED_BY, ONLY_FOR, ROWS, answer, is_fixed, is_twin
from tests.access.asking import WRITING, alike, apart, ask, checksums, said, signed_in
from tests.access.payloads import PAYLOADS, only_reads
from tests.access.routes import Route, all_routes
from tests.access.sight import HOME, NONE, ROLE_WITH_CUSTOMERS, ROLE_WITH_MESSAGES, SIGHT, sight
from tests.access.world import MARKS, NEVER, SHARED_MARKS, World, hidden_marks, mark_of

NAMED_IN_BODY = tuple(path for path in ROWS if "<" not in path)
# A list's verb names rows of the list; what is planned or logged names its customer.
BULK = tuple(path for path in NAMED_IN_BODY if "/bulk/" in path)
# What a role is answered whatever the row is needs no more than an own row and a hidden one; what goes the way of
# another method or page of the same row, one row more of each kind.
FIXED_IN = ("other_unit",)
TWINS_IN = ("granted", "other_unit", "restricted", "joint")
SUCCESS = (200, 201, 302)
# Of what he may operate or guarantees a customer's own page tells that it is there (domain.md, Holdings).
PAGES_OF_CUSTOMER = ("admin/crm/customer/<int:object_id>/",)
# A verb of the console that leads back with the refusal in words.
POLITE = (
    "admin/crm/task/<int:object_id>/done/",
    "admin/crm/feeddifference/<int:object_id>/keep/",
    "admin/crm/feeddifference/<int:object_id>/take/",
    "admin/crm/task/bulk/done/",
    "admin/crm/task/bulk/move/",
    "admin/crm/customer/bulk/task/",
)
REVEAL = "admin/crm/customer/<int:object_id>/reveal/"
OPENS = ("admin/crm/customer/<int:object_id>/bring-in/", "admin/crm/customer/<int:object_id>/end-grant/")
TOLD_OF_PARTS = tuple(SHARED_MARKS[part].word for part in ("authorised", "guarantor"))


def row_routes() -> list[Route]:
    """Give the routes with a line in the table."""
    return [route for route in all_routes() if route.path in ROWS]


def scoped_models() -> set[str]:
    return {model._meta.label_lower for model in apps.get_models() if is_scoped(model)}


def test_every_route_with_an_id_of_a_customers_row_has_its_cells():
    scoped = scoped_models()
    missing = [
        f"{route.path} {method}"
        for route in all_routes()
        if route.takes_id and route.model in scoped
        for method in route.methods
        if method not in ROWS.get(route.path, {})
    ]
    assert missing == [], f"no cell for {missing[0]}"
    assert set(ROWS) <= {route.path for route in all_routes()}


def test_every_route_that_writes_has_something_valid_to_take():
    writing = {
        (path, method)
        for path, methods in ROWS.items()
        for method, answers in methods.items()
        if method in WRITING and int(answers.split()[-1]) in SUCCESS and not only_reads(path)
    }
    assert writing == set(PAYLOADS)


@pytest.mark.parametrize("username", SIGHT)
def test_a_row_answers_as_its_place_towards_the_user_demands(username, world_of, findings):
    Matrix(world_of(username), findings).ask_all()
    findings.check()


@dataclass(frozen=True)
class Cell:
    """One request about one row."""

    username: str
    position: str
    route: Route
    method: str
    row: Any

    def __str__(self) -> str:
        return f"{self.username}, {self.position}: {self.method.upper()} {self.route.path}"

    @property
    def line(self) -> tuple[str, str]:
        return self.route.path, self.method

    @property
    def model(self) -> str:
        return self.row._meta.label_lower

    @property
    def url(self) -> str:
        return self.route.url(self.row.pk)

    @property
    def seen(self) -> str:
        return sight(self.username, self.position, self.model)

    @property
    def asker(self) -> str:
        if self.username == "anonymous":
            return "nobody"
        if self.username not in ONLY_FOR.get(self.route.path, (self.username,)):
            return "no role"
        roles = ROLE_WITH_MESSAGES if self.model == "notifications.message" else ROLE_WITH_CUSTOMERS
        return {
            "": "no role",
            "look": "reads, hidden" if self.seen == NONE else "reads, seen",
            "work": f"works, {'hidden' if self.seen == NONE else self.seen}",
        }[roles[self.username]]

    @property
    def refuses_politely(self) -> bool:
        """A form of the console refuses in a sentence, on its page or before going back: its status is no refusal."""
        if self.route.path == "admin/crm/customer/<int:object_id>/log/":
            return self.asker == "reads, seen"
        if self.route.path == "admin/crm/customer/bulk/handover/":
            # Compliance sees every customer and moves restricted ones only.
            return self.seen == NONE or self.username == "grace"
        if self.route.path == REVEAL and self.asker.startswith("works"):
            # Whoever is in charge himself, and nobody who only works with the customer.
            return not self.position.startswith("own")
        if self.route.path in OPENS:
            return self.asker == "works, look" or self.position in NOT_OPENED_BY.get(self.username, ())
        return self.route.path in POLITE and self.asker != "works, work"

    @property
    def is_shown_again(self) -> bool:
        """Compliance hands over restricted customers only: of another the form comes back with what was typed."""
        moves = self.method == "post" and self.route.path == "admin/crm/customer/bulk/handover/"
        return moves and self.username == "grace" and not self.row.restricted

    def payload(self, key: int) -> Any:
        if self.line not in PAYLOADS:
            return None
        make, _ = PAYLOADS[self.line]
        return make(Customer(pk=key))


class Matrix:
    """All cells of one user."""

    def __init__(self, world: World, findings: Any) -> None:
        self.world, self.findings = world, findings
        self.client = signed_in(world.user)
        self.never: dict[tuple[str, str], tuple[int, str]] = {}
        self.hidden = hidden_marks(world)
        self.before = checksums()

    def ask_all(self) -> None:
        routes = row_routes()
        for position in SIGHT[self.world.username]:
            for cell in self._cells(routes, position):
                self._ask(cell)
            if checksums() != self.before:
                self.findings.leak(f"{self.world.username}, {position}", "something changed by being looked at")

    def _cells(self, routes: list[Route], position: str) -> Iterator[Cell]:
        username = self.world.username
        for route in routes:
            of_customer = route.path in NAMED_IN_BODY and route.path not in BULK
            row = self.world.rows["crm.customer" if of_customer else route.model].get(position)
            for method in ROWS[route.path] if row is not None else ():
                if position == HOME[username] or position in self._asked_in(route.path, method):
                    yield Cell(username, position, route, method, row)

    def _asked_in(self, path: str, method: str) -> Iterable[str]:
        if is_fixed(path, method):
            return FIXED_IN
        return TWINS_IN if is_twin(path, method) else SIGHT[self.world.username]

    def _ask(self, cell: Cell) -> None:
        self.findings.tally.count(cell.route.path)
        expected = 200 if cell.is_shown_again else answer(*cell.line, cell.asker)
        with transaction.atomic():
            response = self._send(cell, cell.row.pk)
            after = checksums() if cell.method in WRITING else self.before
            transaction.set_rollback(cell.method in WRITING)
        changed = {table for table in after if after[table] != self.before[table]}
        if response.status_code != expected:
            self.findings.leak(cell, f"answers {response.status_code}, not {expected} ({cell.asker})")
        elif cell.seen == NONE:
            self._check_hidden(cell, response, changed)
        else:
            self._check_change(cell, response, changed)
            self._check_shown(cell, response)
        self._check_names(cell, said(response, cell.url))

    def _send(self, cell: Cell, key: int) -> Any:
        # What an answer before this one has left to be shown is no part of it.
        self.client.cookies.pop("messages", None)
        return ask(self.client, cell.method, cell.route.url(key), cell.payload(key))

    def _check_hidden(self, cell: Cell, response: Any, changed: set[str]) -> None:
        if changed:
            self.findings.leak(cell, f"changed {', '.join(sorted(changed))}")
        answered, never = alike(response, cell.url), self._never(cell)
        if self.world.user is not None and answered != never:
            self.findings.leak(cell, f"answers otherwise than for an id that never was: {apart(answered, never)}")

    def _never(self, cell: Cell) -> tuple[int, str]:
        if cell.line not in self.never:
            with transaction.atomic():
                response = self._send(cell, NEVER)
                transaction.set_rollback(True)
            self.never[cell.line] = alike(response, cell.route.url(NEVER))
        return self.never[cell.line]

    def _check_change(self, cell: Cell, response: Any, changed: set[str]) -> None:
        succeeds = response.status_code in SUCCESS and cell.line in PAYLOADS and not cell.refuses_politely
        if succeeds and PAYLOADS[cell.line][1] not in changed:
            self.findings.void(cell, "says done and changed nothing")
        if changed and not succeeds:
            self.findings.leak(cell, f"refused and yet changed {', '.join(sorted(changed))}")

    def _check_shown(self, cell: Cell, response: Any) -> None:
        if cell.method != "get" or response.status_code != 200:
            return
        text = said(response, cell.url)
        marks = (mark_of(cell.model, cell.position), MARKS[cell.position])
        if str(cell.row.pk) not in text and not any(mark.is_in(text) for mark in marks):
            self.findings.void(cell, "opens and does not show the row")

    def _check_names(self, cell: Cell, text: str) -> None:
        told = TOLD_OF_PARTS if cell.route.path in PAGES_OF_CUSTOMER else ()
        for mark in self.hidden:
            if mark.digits in text or (mark.word in text and mark.word not in told):
                self.findings.leak(cell, f"names {mark.word}")


def test_the_askers_of_the_table_are_those_of_the_matrix():
    assert all(len(line.split()) == len(ASKERS) for methods in ROWS.values() for line in methods.values())
