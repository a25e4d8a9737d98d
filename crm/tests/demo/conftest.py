"""Demo banks to look at."""

from datetime import date

import pytest
from django.db import transaction

from crm.demo.plan import DemoPlan
from crm.services.demo import demo_bank_seed

TODAY = date(2026, 11, 23)


@pytest.fixture
def seed(db):
    """Seed on a fixed day; what the plan leaves open may be told."""

    def make(customers=150, *, keep=False, today=TODAY, **plan):
        return demo_bank_seed(plan=DemoPlan(today=today, customers=customers, **plan), actor=None, keep=keep)

    return make


@pytest.fixture(scope="module")
def bank_of_1500(django_db_setup, django_db_blocker):
    """A bank in which alice has a full book, made once for all tests of a module, which only read it."""
    with django_db_blocker.unblock(), transaction.atomic():
        demo_bank_seed(plan=DemoPlan(today=TODAY, customers=1500), actor=None)
        yield
        transaction.set_rollback(True)
