"""docs/development/ui.md builds a card of my day, and no other file knows of it."""

import copy
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone

import crm.cards
from crm.models import Task
from finpulse.kernel.panels import discover, my_day_cards
from tests.invariants.test_new_module import FILE, write
from tests.services.require import CHECKOUT

PAGE = CHECKOUT / "docs" / "development" / "ui.md"
MODULE, NAME = "crm.cards.planned", "crm.planned"
MOST_LINES = 40


@pytest.fixture
def card(tmp_path, monkeypatch, settings):
    files = {match["path"]: match["content"] for match in FILE.finditer(PAGE.read_text(encoding="utf-8"))}
    write(tmp_path, files)
    templates = copy.deepcopy(settings.TEMPLATES)
    templates[0]["DIRS"] = [tmp_path / "templates", *templates[0]["DIRS"]]
    settings.TEMPLATES = templates
    # The card's file lies outside the checkout: for this test its folder is one more of the package's, and what it
    # registers is forgotten after it.
    monkeypatch.setattr(crm.cards, "__path__", [*crm.cards.__path__, str(tmp_path / "crm" / "cards")])
    monkeypatch.setattr(my_day_cards, "_entries", dict(my_day_cards._entries))
    discover()
    yield files
    del sys.modules[MODULE]


def opened(client, user):
    client.force_login(user, backend="finpulse.identity.backends.RoleAndScopeBackend")
    return client.get("/admin/").content.decode()


def task_of(customer, user, title):
    due_on = timezone.localdate() + timedelta(days=3)
    return Task.objects.create(customer=customer, assignee=user, title=title, due_on=due_on, created_by=user)


def test_the_page_builds_a_card_in_a_few_lines(card):
    lines = sum(len(content.splitlines()) for content in card.values())
    assert {Path(path).suffix for path in card} == {".py", ".html"}
    assert lines < MOST_LINES
    assert NAME in my_day_cards


def test_its_card_teaches_while_there_is_nothing(client, bank, people, card):
    assert "Nothing planned" in opened(client, people.alice)


def test_its_card_shows_what_is_in_scope_as_it_was_typed(client, bank, people, card):
    task_of(bank.own, people.alice, "<b>Offer</b>")
    task_of(bank.other_unit, people.alice, "Not mine")
    page = opened(client, people.alice)
    assert "&lt;b&gt;Offer&lt;/b&gt;" in page
    assert "in 3 days" in page
    assert "Not mine" not in page


def test_without_the_file_there_is_no_card(client, bank, people):
    assert "Nothing planned" not in opened(client, people.alice)
