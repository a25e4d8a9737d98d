"""`make run`, whole: from a bare copy to a page, through kills, and from Ctrl-C to nothing."""

from __future__ import annotations

import os
import shutil
import signal
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from finpulse.identity.demo_accounts import DEMO_ACCOUNTS
from finpulse.local.pg import account
from tests.run.checkout import Checkout, copies, gone
from tests.run.make_run import PROGRAMS, MakeRun, words_of
from tests.run.pythons import another_than_ours, for_account
from tests.services.wait import until

# Longer than the 107 bytes that a socket's path may have, with blanks, quotes and letters of three scripts.
LONG = "Můj projekt – účty & výnosy 'к' 銀行 " + "dlouhá cesta " * 6
SECOND_START = 30


@pytest.fixture(scope="module")
def terminals() -> Iterator[dict[str, MakeRun]]:
    """Give two bare copies in which `make run` was said at once: by whoever runs the tests, and by an ordinary user.

    The first has another Python than the tests, both have paths that are long, with blanks and of many scripts.
    """
    with copies() as make:
        own = MakeRun(moved(make(), f"own {LONG}"), another_than_ours())
        found = {"own": own}
        if os.geteuid() == 0 and (nobody := account.for_root(Path("/nowhere"))) and (python := for_account(nobody)):
            ordinary = moved(make(), f"ordinary {LONG}")
            hand_over(ordinary.path.parent, nobody)
            found["ordinary"] = MakeRun(ordinary, python, nobody)
        for terminal in found.values():
            terminal.start()
        yield found


@pytest.fixture(params=["own", "ordinary"])
def terminal(request: pytest.FixtureRequest, terminals: dict[str, MakeRun]) -> MakeRun:
    """Give each of them."""
    if request.param not in terminals:
        pytest.skip("whoever runs the tests is an ordinary user himself, or no other user can run a Python here")
    return terminals[request.param]


def test_a_bare_copy_becomes_a_bank_with_its_accounts(terminal: MakeRun, say: Callable[[str], None]) -> None:
    seconds = terminal.wait_until_ready()

    assert terminal.said(f"http://127.0.0.1:{terminal.port}")
    until(lambda: all(terminal.said(account.full_name) for account in DEMO_ACCOUNTS), "the accounts are told")
    page = terminal.page()
    assert (page.status_code, page.url) == (200, f"http://127.0.0.1:{terminal.port}/admin/")
    assert "Alice North" in page.text
    owner = terminal.program("web").username()
    length = len(os.fsencode(terminal.checkout.path))
    say(f"a bare copy, {terminal.python}, as {owner}, {length} bytes of path: a page after {seconds:.1f} s")


def test_two_copies_run_beside_each_other(terminals: dict[str, MakeRun], say: Callable[[str], None]) -> None:
    states = [terminal.checkout.state()["ports"] for terminal in terminals.values()]
    ports = [port for state in states for port in state.values()]

    assert len(set(ports)) == len(ports)
    assert all(terminal.answers() for terminal in terminals.values())
    say(f"{len(terminals)} copies at once on {len(ports)} ports of their own")


@pytest.mark.parametrize("name", PROGRAMS)
def test_a_program_that_is_killed_comes_back(
    terminals: dict[str, MakeRun], name: str, say: Callable[[str], None]
) -> None:
    terminal = terminals["own"]
    killed = until(lambda: terminal.program(name), f"{name} runs")
    killed.send_signal(signal.SIGKILL)

    again = until(lambda: (found := terminal.program(name)) and found.pid != killed.pid and found, f"{name} is back")

    assert terminal.said(f"{name:<8} | ended with status -9; it starts anew in ")
    until(terminal.answers, "the web answers")
    say(f"{name} killed: it runs again, as {again.pid} for {killed.pid}")


def test_after_the_supervisor_is_killed_nothing_serves_and_a_second_start_goes_on(
    terminal: MakeRun, say: Callable[[str], None]
) -> None:
    terminal.supervisor().kill()
    until(lambda: not terminal.answers(), "the web ends with its supervisor")
    until(lambda: not programs_of(terminal.checkout), "every program ends with its supervisor")

    terminal.start()
    seconds = terminal.wait_until_ready(SECOND_START)

    assert terminal.page().status_code == 200
    say(f"supervisor killed, started again: a page after {seconds:.1f} s")


def test_ctrl_c_ends_everything(terminal: MakeRun, say: Callable[[str], None]) -> None:
    said = terminal.press_ctrl_c()

    assert "Traceback" not in said
    gone(terminal.checkout, seconds=5)
    say("Ctrl-C: no process of it is left")


def moved(checkout: Checkout, name: str) -> Checkout:
    """Give the copy under another name."""
    folder = checkout.path.parent.with_name(name.strip())
    checkout.path.parent.rename(folder)
    checkout.path = folder / "checkout"
    return checkout


def hand_over(folder: Path, owner: account.Account) -> None:
    """Give a folder with all that is in it to another user."""
    for path in [folder, *folder.rglob("*")]:
        shutil.chown(path, owner.uid, owner.gid)


def programs_of(checkout: Checkout) -> list[str]:
    """Give the names of FinPulse's own programs that still run."""
    words = [word for process in checkout.processes() for word in words_of(process)]
    return [name for name, mark in PROGRAMS.items() if mark in words]
