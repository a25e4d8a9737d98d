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
from tests.access.sight import HOME
from tests.access.test_rows import NAMED_IN_BODY, Matrix
from tests.access.world import hidden_marks

# Where no scope is asked: they tell what there is to ask for.
DESCRIBING = ("api/v1/schema/", "api/v1/docs/")
FORBIDDEN = 403


def resource_routes():
    return [route for route in all_routes() if route.path.startswith("api/")]


class ByToken(Matrix):
    """The cells of one user's API towards an own row and a hidden one, asked by a token of his for everything.

    Where else a row may stand is asked by session: scope does not ask how somebody has signed in.
    """

    def __init__(self, world, findings):
        super().__init__(world, findings)
        self.client = bearing(make_token(world.user)[1])

    def _cells(self, routes, position):
        asked = resource_routes() if position in (HOME[self.world.username], "other_unit") else []
        return super()._cells([route for route in routes if route in asked], position)


def test_a_token_for_everything_is_answered_as_its_owner_is(world_of, findings):
    world = world_of("script")
    ByToken(world, findings).ask_all()
    client = bearing(make_token(world.user, name="another")[1])
    for route in resource_routes():
        if route.path in PAGES:
            status = sent(client, world, route, "get").status_code
            findings.tally.count(route.path)
            if status != page_answer(route.path, "get", "script"):
                findings.leak(f"script: GET {route.path} by token", f"answers {status}")
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
