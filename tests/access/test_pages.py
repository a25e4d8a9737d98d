"""Every route that names no row of a customer: each role gets its answer, and no word of a customer out of his scope."""

from __future__ import annotations

import pytest
from django.db import transaction

from tests.access.answers import ROWS
from tests.access.asking import WRITING, ask, checksums, said, signed_in
from tests.access.elsewhere import row_elsewhere
from tests.access.pages import ASKED_BY, PAGES, RARE_ASKED_BY, RARE_METHODS, answer
from tests.access.routes import all_routes
from tests.access.world import hidden_marks

# All of one's own at once: what is out of scope stays as it was.
WRITES = {("admin/notifications/message/read/", "post"): "notifications_message"}


def page_routes():
    return [route for route in all_routes() if route.path in PAGES]


def test_every_route_has_its_cells():
    known = set(PAGES) | set(ROWS)
    assert [route.path for route in all_routes() if route.path not in known] == []
    assert set(PAGES) <= {route.path for route in all_routes()}
    assert [route.path for route in page_routes() if not set(route.methods) <= set(PAGES[route.path])] == []


@pytest.mark.parametrize("username", ASKED_BY)
def test_a_page_opens_to_whom_it_is_for_and_names_nobody_out_of_scope(username, world_of, findings):
    world = world_of(username)
    hidden, before = hidden_marks(world), checksums()
    elsewhere = {}
    for route in page_routes():
        if route.takes_id and route.model and route.model not in elsewhere:
            elsewhere[route.model] = row_elsewhere(world, route.model).pk
        key = elsewhere.get(route.model, "crm")
        for method in PAGES[route.path]:
            if method in RARE_METHODS and username not in RARE_ASKED_BY:
                continue
            cell = f"{username}: {method.upper()} {route.path}"
            findings.tally.count(route.path)
            with transaction.atomic():
                response = ask(signed_in(world.user), method, route.url(key))
                after = checksums() if method in WRITING else before
                transaction.set_rollback(True)
            expected = answer(route.path, method, username)
            if response.status_code != expected:
                findings.leak(cell, f"answers {response.status_code}, not {expected}")
            changed = {table for table in after if after[table] != before[table]}
            if changed - {WRITES.get((route.path, method))}:
                findings.leak(cell, f"changed {', '.join(sorted(changed))}")
            names = [mark.word for mark in hidden if mark.is_in(said(response, route.url(key)))]
            if names:
                findings.leak(cell, f"names {', '.join(names)}")
    findings.check()
