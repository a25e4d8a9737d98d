"""PostgreSQL and Valkey of a checkout: shared by its processes, never by another's, and none left behind."""

import os
import signal
import stat
import subprocess
from collections.abc import Callable

import pytest

from finpulse.local.pg import binaries
from tests.run.checkout import HOLD, Checkout, gone, kill, release


def test_two_checkouts_run_at_once_without_meeting(new_checkout: Callable[[], Checkout]) -> None:
    first, second = new_checkout(), new_checkout()
    one, other = first.start("-c", HOLD), second.start("-c", HOLD)

    assert [reads_line(one), reads_line(other)] == ["1\n", "1\n"]
    assert not set(first.state()["ports"].values()) & set(second.state()["ports"].values())

    release(one)
    gone(first)
    assert second.server("postgres")
    assert second.server("valkey")
    release(other)
    gone(second)


def test_the_last_to_leave_ends_the_servers_and_nobody_before(checkout: Checkout) -> None:
    starter, _ = checkout.hold()
    server = checkout.server("postgres")
    guest, _ = checkout.hold()

    release(starter)

    assert checkout.server("postgres") == server
    assert checkout.server("valkey")
    release(guest)
    gone(checkout)


def test_a_start_after_a_crash_finds_the_data_and_leaves_nothing_behind(checkout: Checkout) -> None:
    holder, visits = checkout.hold()
    orphans = checkout.server("postgres"), checkout.server("valkey")
    kill(holder)
    assert all(orphans)

    again, more = checkout.hold()

    assert more == visits + 1
    assert (checkout.server("postgres"), checkout.server("valkey")) == orphans
    release(again)
    gone(checkout)


def test_a_start_after_the_servers_were_killed_too_recovers(checkout: Checkout) -> None:
    holder, visits = checkout.hold()
    kill(holder)
    for name in ("postgres", "valkey"):
        server = checkout.server(name)
        assert server
        server.send_signal(signal.SIGKILL)

    again, more = checkout.hold()

    assert more == visits + 1
    release(again)
    gone(checkout)


def test_the_secrets_are_for_the_owner_alone(checkout: Checkout) -> None:
    assert checkout.run("-c", "from finpulse.local import addresses; addresses.database_url()").returncode == 0

    assert stat.S_IMODE((checkout.path / "var" / "local.json").stat().st_mode) == 0o600


@pytest.mark.skipif(os.geteuid() != 0, reason="only root's server is run by another user")
def test_roots_server_runs_as_an_unprivileged_user_outside_a_private_folder(
    new_checkout: Callable[[], Checkout],
) -> None:
    checkout = new_checkout()
    checkout.path.parent.chmod(0o700)

    holder, _ = checkout.hold()

    server = checkout.server("postgres")
    assert server
    assert server.uids().real != 0
    link = checkout.path / "var" / "postgres"
    assert link.is_symlink()
    assert link.stat().st_uid == server.uids().real
    release(holder)
    gone(checkout)


def test_data_of_another_version_are_refused_in_one_sentence(checkout: Checkout) -> None:
    code = "from finpulse.local import services; services.running().__enter__()"
    holder, _ = checkout.hold()
    release(holder)
    written_by = (checkout.path / "var" / "postgres" / "data" / "PG_VERSION").read_text().strip()
    other = next((found for found in binaries.available() if str(found.major) != written_by), None)
    if other is None:
        pytest.skip("only one version of PostgreSQL is on this machine")

    refused = checkout.run("-c", code, FINPULSE_POSTGRES_BIN=str(other.folder))

    assert refused.returncode == 1
    assert f"were written by PostgreSQL {written_by}, but only {other.major} is here" in refused.stderr


def reads_line(process: subprocess.Popen[str]) -> str:
    """Give the next line that a process prints."""
    assert process.stdout
    return process.stdout.readline()
