"""Parts of a bank as text for COPY, whoever makes them."""

from datetime import UTC, date, datetime
from decimal import Decimal
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from django.db import connection

from crm.demo.bank import DemoBank, Recipe
from crm.demo.cast import CAST
from crm.demo.companies import OF_OWNERS, OF_PARENT, split
from crm.demo.copy_text import copy_text, field_text
from crm.demo.copying import filling
from crm.demo.making import parts_made_by_processes, parts_made_here
from crm.demo.plan import DemoPlan
from crm.demo.staff import Colleague, Staff
from crm.demo.tables import TABLES
from crm.tests.demo.conftest import TODAY

ACCOUNTS = {name: Colleague(number, 7) for number, name in enumerate(("alice", "bob", "charlie", "dana"), start=1)}


@pytest.fixture
def recipe():
    """A bank of the cast and three more parts."""
    plan = DemoPlan(today=TODAY, customers=len(CAST) + 4100, managers=0)
    return Recipe(plan, Staff(ACCOUNTS, [], {7: "NORTH", 8: "SOUTH"}), ZoneInfo("Europe/Prague"), 500, 9000)


def test_several_processes_make_what_one_makes(recipe):
    here = list(parts_made_here(recipe, {"holdings": [], "parties": ["end"]}))
    there = list(parts_made_by_processes(recipe, {"holdings": [], "parties": ["end"]}))
    assert here == there
    assert [[block.table for block in part] for part in here] == [["holdings", "parties"]] * 4


def test_what_fails_in_a_process_is_raised_here(recipe):
    with pytest.raises(KeyError, match="dana"):
        list(parts_made_by_processes(Recipe(**vars(recipe) | {"staff": _without_dana(recipe.staff)}), {"tasks": []}))


def test_ids_run_on_from_the_reserved_ones(recipe):
    parts = list(parts_made_here(recipe, {"customers": [], "holdings": []}))
    customers = [int(line.split("\t")[0]) for part in parts for line in part[0].text.decode().splitlines()]
    assert customers == list(range(500, 500 + recipe.plan.customers))
    assert parts[0][1].text.startswith(b"9000\tDH000001\t500\t")


def test_a_part_points_to_nobody_outside_it(recipe):
    for start in recipe.starts():
        part = DemoBank(recipe).part(start)
        own = {customer.id for customer in part.customers}
        held = {holding.id for holding in part.holdings}
        assert {party.customer_id for party in part.parties} <= own
        assert {end for tie in part.relationships for end in (tie.customer_id, tie.related_id)} <= own
        assert {row.holding_id for row in (*part.parties, *part.positions)} <= held


def test_what_a_parent_company_leaves_is_split_to_no_more_than_the_whole():
    for parents in OF_PARENT.choices:
        for parts in OF_OWNERS.choices:
            assert parents + sum(split(1 - parents, parts)) <= 1, (parents, parts)


@pytest.mark.django_db
def test_values_arrive_in_the_database_as_they_are():
    rows = [
        ("O'Brien & Söhne <GmbH>\\N", None, Decimal("-1.50"), True, date(2026, 11, 23)),
        ("tab\there\nline\rback\\slash", 7, Decimal("0.00"), False, None),
        ("", None, None, None, None),
    ]
    moment, uid = datetime(2026, 11, 23, 8, tzinfo=UTC), UUID(int=5)
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TEMPORARY TABLE arrived "
            "(a text, b int, c numeric, d boolean, e date, f timestamptz, g uuid, h text)"
        )
        with cursor.copy("COPY arrived FROM STDIN") as copy:
            copy.write(copy_text(rows, [field_text(moment), field_text(uid), field_text(None)]))
        cursor.execute("SELECT * FROM arrived")
        assert cursor.fetchall() == [(*row, moment, uid, None) for row in rows]


@pytest.mark.django_db
@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_every_column_of_a_table_is_told_or_filled_or_the_databases_own(table):
    told = table.row._fields
    required = {
        field.attname
        for field in table.model._meta.concrete_fields
        if not field.null and not field.primary_key and field.attname not in told
    }
    filled = filling(table.model, told)
    assert len(filled) >= len(required)
    assert set(told) <= {field.attname for field in table.model._meta.concrete_fields}


def _without_dana(staff):
    return staff._replace(accounts={name: who for name, who in staff.accounts.items() if name != "dana"})
