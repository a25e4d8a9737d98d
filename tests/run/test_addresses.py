"""Ports and secrets: allocated once, kept, and moved only for a stranger."""

import socket
from collections.abc import Callable

from tests.run.checkout import Checkout

PORTS = "from finpulse.local import addresses as a; print(a.database_url(), a.redis_url(), a.issuer_url())"


def test_addresses_stay_as_they_were(checkout: Checkout) -> None:
    first = checkout.run("-c", PORTS).stdout

    assert first
    assert checkout.run("-c", PORTS).stdout == first


def test_processes_that_ask_at_once_get_the_same(checkout: Checkout) -> None:
    processes = [checkout.start("-c", PORTS) for _ in range(4)]

    assert len({process.communicate()[0] for process in processes}) == 1


def test_a_port_taken_by_a_stranger_is_given_up(checkout: Checkout) -> None:
    checkout.run("-c", PORTS)
    before = checkout.state()["ports"]
    with socket.socket() as stranger:
        stranger.bind(("127.0.0.1", before["postgres"]))
        stranger.listen()

        checkout.run("-c", PORTS)

    after = checkout.state()["ports"]
    assert after["postgres"] != before["postgres"]
    assert after["valkey"] == before["valkey"]


def test_nothing_is_started_by_asking(new_checkout: Callable[[], Checkout]) -> None:
    checkout = new_checkout()

    checkout.run("-c", PORTS)

    assert not checkout.server("postgres")
    assert not (checkout.path / "var" / "postgres").exists()
