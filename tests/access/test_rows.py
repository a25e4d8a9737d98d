"""Every route that names a row of a customer, by every role, in every position towards it, by every method."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pytest
from django.apps import apps
from django.db import transaction

from finpulse.kernel.access.scope import is_scoped
from tests.access.answers import ASKERS, ROWS, answer, is_fixed, is_twin
from tests.access.asking import WRITING, alike, ask, checksums, said, signed_in
from tests.access.payloads import PAYLOADS, only_reads
from tests.access.routes import Route, all_routes
from tests.access.sight import HOME, NONE, ROLE_WITH_CUSTOMERS, ROLE_WITH_MESSAGES, SIGHT, sight
from tests.access.world import MARKS, NEVER, SHARED_MARKS, World, mark_of

NAMED_IN_BODY = tuple(path for path in ROWS if "<" not in path)
# What a role is answered whatever the row is needs no more than an own row and a hidden one; what goes the way of
# another method or page of the same row, one row more of each kind.
FIXED_IN = ("other_unit",)
TWINS_IN = ("granted", "other_unit", "restricted", "joint")
SUCCESS = (200, 201, 302)
# Of what he may operate or guarantees a customer's own page tells that it is there (domain.md, Holdings).
PAGES_OF_CUSTOMER = ("admin/crm/customer/<int:object_id>/",)
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
    assert missing == []
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


class Matrix:
    """All cells of one user."""

    def __init__(self, world: World, findings: Any) -> None:
        self.world, self.findings = world, findings
        self.username = world.username
        self.client = signed_in(world.user)
        self.never: dict[tuple[str, str], tuple[int, str]] = {}
        self.hidden = self._hidden_marks()
        self.before = checksums()

    def ask_all(self) -> None:
        routes = row_routes()
        for position in SIGHT[self.username]:
            for route in routes:
                self._ask_route(route, position)
            if checksums() != self.before:
                self.findings.leak(f"{self.username}, {position}", "something changed by being looked at")

    def _hidden_marks(self) -> list[Any]:
        marks = []
        for model, rows in self.world.rows.items():
            marks += [mark_of(model, place) for place in rows if sight(self.username, place, model) == NONE]
        return marks

    def _ask_route(self, route: Route, position: str) -> None:
        row = self._row(route, position)
        for method in ROWS[route.path]:
            if position == HOME[self.username] or position in self._asked_in(route.path, method):
                self._ask_cell(route, method, position, row)

    def _asked_in(self, path: str, method: str) -> Iterable[str]:
        if is_fixed(path, method):
            return FIXED_IN
        return TWINS_IN if is_twin(path, method) else SIGHT[self.username]

    def _row(self, route: Route, position: str) -> Any:
        model = "crm.customer" if route.path in NAMED_IN_BODY else route.model
        return self.world.rows[model][position]

    def _ask_cell(self, route: Route, method: str, position: str, row: Any) -> None:
        cell = f"{self.username}, {position}: {method.upper()} {route.path}"
        self.findings.tally.count(route.path)
        model = row._meta.label_lower
        asker = self._asker(model, position)
        expected = answer(route.path, method, asker)
        with transaction.atomic():
            response = self._send(route, method, row.pk)
            after = checksums() if method in WRITING else self.before
            transaction.set_rollback(method in WRITING)
        changed = {table for table in after if after[table] != self.before[table]}
        if response.status_code != expected:
            self.findings.leak(cell, f"answers {response.status_code}, not {expected} ({asker})")
        elif sight(self.username, position, model) == NONE:
            self._check_hidden(cell, route, method, response, row, changed)
        else:
            self._check_seen(cell, route, method, response, position, model, changed)
        shared = route.path in PAGES_OF_CUSTOMER and position == HOME[self.username]
        self._check_names(cell, said(response, route.url(row.pk)), told=TOLD_OF_PARTS if shared else ())

    def _asker(self, model: str, position: str) -> str:
        if self.world.user is None:
            return "nobody"
        roles = ROLE_WITH_MESSAGES if model == "notifications.message" else ROLE_WITH_CUSTOMERS
        seen = sight(self.username, position, model)
        part = roles[self.username]
        return {
            "": "no role",
            "look": "reads, hidden" if seen == NONE else "reads, seen",
            "work": f"works, {'hidden' if seen == NONE else seen}",
        }[part]

    def _send(self, route: Route, method: str, key: int) -> Any:
        payload = PAYLOADS.get((route.path, method))
        customer = self.world.home
        data = payload[0](type(customer)(pk=key) if route.path in NAMED_IN_BODY else customer) if payload else None
        return ask(self.client, method, route.url(key), data)

    def _check_hidden(
        self, cell: str, route: Route, method: str, response: Any, row: Any, changed: set[str]
    ) -> None:
        if changed:
            self.findings.leak(cell, f"changed {', '.join(sorted(changed))}")
        if self.world.user is not None and alike(response, route.url(row.pk)) != self._never(route, method):
            self.findings.leak(cell, "answers otherwise than for an id that never was")

    def _never(self, route: Route, method: str) -> tuple[int, str]:
        if (route.path, method) not in self.never:
            with transaction.atomic():
                response = self._send(route, method, NEVER)
                transaction.set_rollback(True)
            self.never[route.path, method] = alike(response, route.url(NEVER))
        return self.never[route.path, method]

    def _check_seen(
        self, cell: str, route: Route, method: str, response: Any, position: str, model: str, changed: set[str]
    ) -> None:
        succeeds = response.status_code in SUCCESS and (route.path, method) in PAYLOADS
        refused = self._is_refused_politely(route, model, position)
        if succeeds and not refused and PAYLOADS[route.path, method][1] not in changed:
            self.findings.void(cell, "says done and changed nothing")
        if changed and (refused or not succeeds):
            self.findings.leak(cell, f"refused and yet changed {', '.join(sorted(changed))}")
        if method == "get" and response.status_code == 200 and self.world.user is not None:
            marks = (mark_of(model, position), MARKS[position])
            if not any(mark.is_in(said(response, route.url(0))) for mark in marks):
                self.findings.void(cell, "opens and does not show the row")

    def _is_refused_politely(self, route: Route, model: str, position: str) -> bool:
        """A form of the console refuses in a sentence, on a page or before going back: its status is no refusal."""
        asker = self._asker(model, position)
        if route.path == "admin/crm/customer/<int:object_id>/log/":
            return asker == "reads, seen"
        return route.path == "admin/crm/task/<int:object_id>/done/" and asker != "works, work"

    def _check_names(self, cell: str, text: str, told: tuple[str, ...]) -> None:
        for mark in self.hidden:
            if mark.digits in text or (mark.word in text and mark.word not in told):
                self.findings.leak(cell, f"names {mark.word}")


def test_the_askers_of_the_table_are_those_of_the_matrix():
    assert all(len(line.split()) == len(ASKERS) for methods in ROWS.values() for line in methods.values())
