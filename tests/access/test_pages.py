"""Every route that names no row of a customer: each role gets its answer and hears of nobody out of its scope."""

from __future__ import annotations

import pytest
from django.db import transaction

from tests.access.answers import ROWS
from tests.access.asking import WRITING, ask, checksums, said, signed_in
from tests.access.elsewhere import row_elsewhere, rows_elsewhere
from tests.access.pages import ASKED_BY, PAGES, RARE_ASKED_BY, RARE_METHODS, answer
from tests.access.routes import all_routes
from tests.access.world import hidden_marks

# All of one's own at once, what is out of scope stays as it was; a proposal about a customer who has changed lapses.
WRITES = {
    ("admin/notifications/message/read/", "post"): "notifications_message",
    ("admin/kernel/proposal/<int:object_id>/approve/", "post"): "kernel_proposal",
}


def page_routes():
    return [route for route in all_routes() if route.path in PAGES]


def test_every_route_has_its_cells():
    known = set(PAGES) | set(ROWS)
    unknown = [route.path for route in all_routes() if route.path not in known]
    assert unknown == [], f"no cell for {unknown[0]}"
    assert set(PAGES) <= {route.path for route in all_routes()}
    assert [route.path for route in page_routes() if not set(route.methods) <= set(PAGES[route.path])] == []


@pytest.mark.parametrize("username", ASKED_BY)
def test_a_page_opens_to_whom_it_is_for_and_names_nobody_out_of_scope(username, world_of, findings):
    Pages(world_of(username), findings).ask_all()
    findings.check()


class Pages:
    """All cells of one role."""

    def __init__(self, world, findings):
        self.world, self.findings = world, findings
        self.hidden, self.before = hidden_marks(world), checksums()
        self.keys = {}

    def ask_all(self):
        rare = self.world.username in RARE_ASKED_BY
        for route in page_routes():
            for method in PAGES[route.path]:
                if rare or method not in RARE_METHODS:
                    self._ask(route, method)

    def _ask(self, route, method):
        cell = f"{self.world.username}: {method.upper()} {route.path}"
        self.findings.tally.count(route.path)
        url = route.url(self._key(route.model))
        with transaction.atomic():
            response = ask(signed_in(self.world.user), method, url)
            after = checksums() if method in WRITING else self.before
            transaction.set_rollback(True)
        expected = answer(route.path, method, self.world.username)
        if response.status_code != expected:
            self.findings.leak(cell, f"answers {response.status_code}, not {expected}")
        changed = {table for table in after if after[table] != self.before[table]}
        if changed - {WRITES.get((route.path, method))}:
            self.findings.leak(cell, f"changed {', '.join(sorted(changed))}")
        text = said(response, url)
        for mark in self.hidden:
            if mark.is_in(text):
                self.findings.leak(cell, f"names {mark.word}")

    def _key(self, model):
        if model not in rows_elsewhere():
            return "crm"
        if model not in self.keys:
            self.keys[model] = row_elsewhere(self.world, model).pk
            self.before = checksums()
        return self.keys[model]
