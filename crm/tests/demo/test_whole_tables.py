"""Emptying tables as a whole and loading them without indexes leaves everything as it was."""

import pytest
from django.db import IntegrityError, connection, transaction

from crm.demo.copying import check_at_once
from crm.demo.rebuilding import without_indexes
from crm.demo.removal import demo_customers, remove
from crm.demo.tables import OWN_MODELS
from crm.models import Customer, Holding
from crm.tests.factories import CustomerFactory, HoldingFactory


def test_indexes_and_constraints_come_back_as_they_were(seed):
    before = _definitions()
    check_at_once()
    with without_indexes(OWN_MODELS):
        assert len(_definitions()) < len(before) - 20
        CustomerFactory()
    assert _definitions() == before


def test_a_row_that_a_constraint_refuses_is_refused_when_they_come_back(db):
    customer = CustomerFactory()
    check_at_once()
    before = _definitions()
    with pytest.raises(IntegrityError), transaction.atomic(), without_indexes(OWN_MODELS):
        CustomerFactory(customer_no=customer.customer_no)
    assert _definitions() == before


def test_a_bank_alone_in_its_tables_is_removed_as_a_whole(seed):
    seed(30)
    check_at_once()
    assert remove(whole=True) == 30
    assert [model.objects.count() for model in OWN_MODELS] == [0] * 8


def test_beside_rows_of_others_only_the_banks_own_are_removed(seed):
    seed(30)
    holding = HoldingFactory()
    check_at_once()
    remove(whole=True)
    assert list(Customer.objects.all()) == [holding.customer]
    assert list(Holding.objects.all()) == [holding]
    assert not demo_customers().exists()


def _definitions():
    tables = [model._meta.db_table for model in OWN_MODELS]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT indexdef FROM pg_indexes WHERE tablename = ANY (%s) UNION ALL "
            "SELECT conrelid::regclass || ' ' || conname || ' ' || pg_get_constraintdef(oid) FROM pg_constraint "
            "WHERE conrelid = ANY (%s::regclass[])",
            [tables, tables],
        )
        return sorted(row[0] for row in cursor.fetchall())
