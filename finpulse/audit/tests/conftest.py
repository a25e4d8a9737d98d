"""A trail whose events are committed, as the sealer needs them."""

import pytest
from django.db import connection


@pytest.fixture
def committed_trail(django_db_setup, django_db_blocker):
    """Commit for real; empty the trail's own tables after, and no others, which would take seconds a test."""
    with django_db_blocker.unblock():
        _empty()
        yield
        _empty()


def _empty():
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE audit_auditevent, audit_auditseal")
