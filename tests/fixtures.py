"""What every test may ask for."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from tests.people import make_bank, make_people, make_units


@pytest.fixture
def units(db: None) -> dict[str, object]:
    """The tree: HEAD with NORTH and SOUTH below it."""
    return make_units()


@pytest.fixture
def people(units: dict[str, object]) -> SimpleNamespace:
    """alice, bob, charlie, dana, erin, frank, grace, heidi, script."""
    return make_people(units)


@pytest.fixture
def bank(people: SimpleNamespace, units: dict[str, object]) -> SimpleNamespace:
    """Customers own, same_unit, other_unit, pool, restricted; `joint`, a holding over two units; `holdings`."""
    return make_bank(people, units)
