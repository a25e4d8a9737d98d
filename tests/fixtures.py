"""What every test may ask for."""

from __future__ import annotations

from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection
from django.test.utils import setup_databases, teardown_databases

from finpulse.identity.models import User
from finpulse.identity.services import user_set_roles
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
def greta(people: SimpleNamespace) -> User:
    """A second person of compliance."""
    user = User.objects.create_user("greta", first_name="Greta", unit=people.grace.unit)
    user_set_roles(user=user, names=["compliance"], actor=None, reason="a test")
    found: User = User.objects.with_access().get(pk=user.pk)
    return found


@pytest.fixture
def bank(people: SimpleNamespace, units: dict[str, object]) -> SimpleNamespace:
    """Customers own, same_unit, other_unit, pool, restricted; `joint`, a holding over two units; `holdings`."""
    return make_bank(people, units)


@pytest.fixture(scope="session")
def committed_database(
    django_db_setup: None, django_db_blocker: Any, django_db_keepdb: bool, django_db_createdb: bool
) -> Iterator[None]:
    """The test database, open to commits.

    pytest-django makes it for tests that bear its mark, which then run in a transaction or flush each time. These bear
    none: run alone, they would find the local database, and empty it.
    """
    with django_db_blocker.unblock():
        made = None
        if not on_test_database():
            keep = django_db_keepdb and not django_db_createdb
            made = setup_databases(verbosity=0, interactive=False, aliases={"default"}, keepdb=keep)
        assert on_test_database()
        yield
        if made is not None and not django_db_keepdb:
            teardown_databases(made, verbosity=0)


def on_test_database() -> bool:
    """Tell whether this process is connected to the database that tests may empty."""
    return bool(connection.settings_dict["NAME"] == connection.settings_dict["TEST"]["NAME"])
