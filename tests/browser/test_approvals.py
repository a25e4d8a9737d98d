"""What may not be approved is refused in a sentence on the page, and nothing has changed (the bank's dual control)."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import psycopg
import pytest
from playwright.sync_api import Page, expect

from finpulse.local import addresses
from tests.browser.conftest import database_at, database_name
from tests.browser.visitor import Visitor

PROPOSED = """
SELECT p.id, p.subject_id FROM kernel_proposal p JOIN identity_user u ON u.id = p.proposed_by_id
WHERE p.kind = 'crm.customer.restrict' AND u.username = %s ORDER BY p.id DESC
"""
STATE = "SELECT p.state, c.restricted FROM kernel_proposal p JOIN crm_customer c ON c.id = p.subject_id WHERE p.id = %s"


@pytest.fixture
def database(web: str) -> Iterator[psycopg.Connection]:
    """Give a session beside the web's."""
    with psycopg.connect(database_at(addresses.database_owner_url(), database_name()), autocommit=True) as connection:
        yield connection


def proposals(database: psycopg.Connection, proposer: str) -> list[tuple[int, int]]:
    return database.execute(PROPOSED, [proposer]).fetchall()


def state(database: psycopg.Connection, proposal: int) -> tuple[str, bool]:
    return database.execute(STATE, [proposal]).fetchone()


def address(proposal: int) -> str:
    return f"/admin/kernel/proposal/{proposal}/"


def approve(page: Page) -> None:
    page.get_by_role("button", name="Approve", exact=True).click()


def test_what_may_not_be_approved_is_refused_in_a_sentence(
    visit: Callable[..., Visitor], database: psycopg.Connection
) -> None:
    (own, _), (twice, _), (changed, customer) = proposals(database, "grace")[0], *proposals(database, "greta")[:2]
    grace, alice = visit("grace"), visit("alice")

    page = grace.open(address(own))
    expect(page.get_by_role("button", name="Approve", exact=True)).to_have_count(0)
    # What the page does not offer is sent all the same.
    page.eval_on_selector(
        "form[action$='/withdraw/']", "form => form.action = form.action.replace('withdraw', 'approve')"
    )
    page.get_by_role("button", name="Withdraw", exact=True).click()
    expect(page.get_by_text("Nobody decides his own proposal: a colleague does.")).to_be_visible()
    assert state(database, own) == ("OPEN", False)

    second = visit("grace").open(address(twice))
    approve(grace.open(address(twice)))
    expect(page.get_by_text("Approved: restricted flag.")).to_be_visible()
    approve(second)
    expect(second.get_by_text("It was approved already by Grace Head.")).to_be_visible()
    assert state(database, twice) == ("APPROVED", True)

    grace.open(address(changed))
    database.execute("UPDATE crm_customer SET manager_id = NULL WHERE id = %s", [customer])
    approve(page)
    expect(
        page.get_by_text("has changed since it was proposed, so it has lapsed. Propose it again.").first
    ).to_be_visible()
    assert state(database, changed) == ("LAPSED", False)

    alice.open(address(own), status=404)
    expect(alice.page.get_by_role("heading", name="Nothing here")).to_be_visible()
    alice.open("/admin/identity/cover/give/")
    form = "form[action='/admin/identity/cover/give/']"
    alice.expected = 404
    alice.page.eval_on_selector(form, f"form => {{ form.action = '{address(own)}approve/'; form.submit(); }}")
    expect(alice.page.get_by_role("heading", name="Nothing here")).to_be_visible()
    assert state(database, own) == ("OPEN", False)
