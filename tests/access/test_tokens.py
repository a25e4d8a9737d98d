"""The API by token: all that a session may, with every scope; with fewer, nothing beyond them."""

from __future__ import annotations

import pytest
from django.db import transaction

from finpulse.identity.tests.tokens import bearing, make_token
from tests.access.asking import WRITING, ask, checksums, said
from tests.access.elsewhere import row_elsewhere, rows_elsewhere
from tests.access.pages import PAGES
from tests.access.pages import answer as page_answer
from tests.access.payloads import PAYLOADS
from tests.access.routes import all_routes
from tests.access.sight import HOME, SIGHT
from tests.access.test_lists import LISTS, ids_of, visible_keys
from tests.access.test_rows import NAMED_IN_BODY, Matrix, row_routes
from tests.access.world import hidden_marks

# What the columns and grants say of a row, each once; where else one may stand is asked by session.
COLUMNS = ("own", "covered", "granted", "same_unit", "other_unit", "restricted", "joint")
# Where no scope is asked: they tell what there is to ask for.
DESCRIBING = ("api/v1/schema/", "api/v1/docs/")
FORBIDDEN = 403


def resource_routes():
    return [route for route in all_routes() if route.path.startswith("api/")]


def resource_row_routes():
    return [route for route in row_routes() if route.path.startswith("api/")]


class ByToken(Matrix):
    """The cells of one user's API, asked by a token of his for everything: every method of an own row and a hidden one,
    the looks at a row in each of the columns.
    """

    def __init__(self, world, findings):
        super().__init__(world, findings)
        self.client = bearing(make_token(world.user)[1])

    def ask_all(self):
        for position in {*COLUMNS, HOME[self.world.username]} & set(SIGHT[self.world.username]):
            for cell in self._cells(resource_row_routes(), position):
                self._ask(cell)
        if checksums() != self.before:
            self.findings.leak(self.world.username, "something changed by being looked at")

    def _cells(self, routes, position):
        cells = super()._cells(routes, position)
        whole = self.world.username == "script" and position in (HOME["script"], "other_unit")
        return (cell for cell in cells if whole or cell.method == "get")


@pytest.mark.parametrize("username", ["script", "alice"])
def test_a_token_for_everything_is_answered_as_its_owner_is(username, world_of, findings):
    world = world_of(username)
    by_token = ByToken(world, findings)
    by_token.ask_all()
    for model, (_, api) in LISTS.items():
        findings.tally.count(api)
        if ids_of(by_token.client.get(api)) != visible_keys(world, model):
            findings.leak(f"{username}: GET {api} by token", "does not list exactly the scope")
    # What is no customer's row is answered by role, which no column changes.
    for route in resource_routes() if username == "script" else ():
        if route.path in PAGES:
            status = sent(by_token.client, world, route, "get").status_code
            findings.tally.count(route.path)
            if status != page_answer(route.path, "get", username):
                findings.leak(f"{username}: GET {route.path} by token", f"answers {status}")
    findings.check()


@pytest.mark.parametrize("scope", ["*:read", "*:write", "me:read"])
def test_a_token_writes_nothing_and_reads_nothing_that_it_was_not_made_for(scope, world_of, findings):
    world = world_of("script")
    client, before, hidden = bearing(make_token(world.user, scope)[1]), checksums(), hidden_marks(world)
    for route, method in refused(scope):
        findings.tally.count(route.path)
        response = sent(client, world, route, method)
        if not is_told_of_the_scope(response):
            findings.leak(f"{scope}: {method.upper()} {route.path}", f"answers {response.status_code}")
        if any(mark.is_in(said(response, route.path)) for mark in hidden):
            findings.leak(f"{scope}: {method.upper()} {route.path}", "names somebody")
    if checksums() != before:
        findings.leak(scope, "something changed")
    findings.check()


def refused(scope):
    """Give every route and method that the scope is not for."""
    name, _, verb = scope.partition(":")
    for route in resource_routes():
        is_named = name == "*" or route.path.startswith(f"api/v1/{name}/")
        for method in route.methods:
            is_for_it = is_named and (method in WRITING) == (verb == "write")
            if not is_for_it and (method in WRITING or route.path not in DESCRIBING):
                yield route, method


def is_told_of_the_scope(response):
    return response.status_code == FORBIDDEN and "insufficient_scope" in response.headers["WWW-Authenticate"]


def sent(client, world, route, method):
    """Ask for an own row with what the route would take; what it changes is taken back."""
    row = row_of(world, route)
    make, _ = PAYLOADS.get((route.path, method), (None, None))
    with transaction.atomic():
        response = ask(client, method, route.url(row.pk if row else "crm"), make(row) if make else None)
        transaction.set_rollback(method in WRITING)
    return response


def row_of(world, route):
    model = "crm.customer" if route.path in NAMED_IN_BODY else route.model
    if model in world.rows:
        return world.rows[model][HOME[world.username]]
    return row_elsewhere(world, model) if model in rows_elsewhere() else None
