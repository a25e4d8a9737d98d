"""A trail whose events are committed, as the sealer needs them."""

import pytest
from django.db import connection

from tests.fixtures import on_test_database


@pytest.fixture
def committed_trail(committed_database, django_db_blocker):
    """Commit for real; empty the trail's own tables after, and no others, which would take seconds a test."""
    with django_db_blocker.unblock():
        _empty()
        yield
        _empty()


def _empty():
    assert on_test_database()
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE audit_auditevent, audit_auditseal")
