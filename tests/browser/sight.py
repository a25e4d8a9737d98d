"""A page in a state, and what anybody may do there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import Page, expect

Deed = Callable[[Page], None]


def nothing(page: Page) -> None:
    """Look only."""


def send(button: str) -> Deed:
    """Send the form of the page as it is, and wait for what it answers."""

    def deed(page: Page) -> None:
        page.get_by_role("main").get_by_role("button", name=button, exact=True).click()
        expect(page.locator("[aria-invalid=true], [role=alert]:not(:empty)").first).to_be_attached()

    return deed


@dataclass(frozen=True)
class Sight:
    """A page in a state. `route` is the resolver's words, "" for what no route names; `narrow` looks at it twice."""

    name: str
    route: str
    path: str
    user: str = "alice"
    do: Deed = nothing
    status: int = 200
    width: int = 1440
    narrow: bool = False

    def __str__(self) -> str:
        return self.name
