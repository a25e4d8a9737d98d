"""The figures of units, rolled up."""

from datetime import date, timedelta
from decimal import Decimal
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import transaction
from django.utils import timezone

from crm.models import UnitFigures
from crm.services.unit_figures import ROLL_UP, unit_figures_ask_daily, unit_figures_roll_up
from crm.tasks import ask_for_unit_figures
from crm.tests.factories import CustomerFactory, HoldingFactory, PartyFactory
from crm.tests.feed.feeds import Feed
from finpulse.audit.models import AuditEvent
from finpulse.identity.services import unit_place
from finpulse.kernel.models import QueuedTask
from finpulse.kernel.queue.worker import run_queued

TODAY = date(2026, 11, 26)


def rolled_up(today=TODAY):
    unit_figures_roll_up(today=today, actor=None)
    return stored(today)


def stored(today=TODAY):
    rows = UnitFigures.objects.filter(as_of=today).select_related("unit")
    return {(row.unit.code, row.currency): row for row in rows}


def test_a_holding_counts_once_in_each_unit_above_its_owners_and_nobody_restricted_counts(bank):
    deposits = {key: (row.holdings, row.deposits) for key, row in rolled_up().items()}
    assert deposits == {
        ("HEAD", "CZK"): (5, Decimal(5000)),
        ("NORTH", "CZK"): (4, Decimal(4000)),
        ("SOUTH", "CZK"): (2, Decimal(2000)),
    }


def test_each_kind_is_apart_by_currency_and_what_is_not_known_is_counted(units):
    customer = CustomerFactory(unit=units["NORTH"])
    HoldingFactory(customer=customer, kind="INVESTMENT", currency="EUR", balance=Decimal("10.5"))
    HoldingFactory(customer=customer, kind="CARD", balance=Decimal(-30), credit_limit=Decimal(100))
    HoldingFactory(customer=customer, balance=None)
    HoldingFactory(customer=customer, status="CLOSED")
    PartyFactory(customer=customer, role="GUARANTOR", amount=Decimal(500))
    PartyFactory(customer=customer, role="GUARANTOR", amount=None)
    PartyFactory(customer=customer, role="AUTHORISED")
    rows = rolled_up()
    czk, euro = rows["NORTH", "CZK"], rows["NORTH", "EUR"]
    assert (czk.holdings, czk.deposits, czk.lending_drawn, czk.undrawn, czk.guarantees) == (
        2, 0, Decimal(30), Decimal(70), Decimal(500),
    )  # fmt: skip
    assert (czk.deposits_not_known, czk.lending_drawn_not_known, czk.guarantees_not_known) == (1, 0, 1)
    assert (euro.holdings, euro.investments_not_known, euro.investments) == (1, 0, Decimal("10.5"))


def test_a_pass_of_the_same_day_takes_the_place_of_the_one_before_and_other_days_stay(bank):
    rolled_up(TODAY - timedelta(days=1))
    first = {key: row.deposits for key, row in rolled_up().items()}
    assert {key: row.deposits for key, row in rolled_up().items()} == first
    bank.joint.parties.all().delete()
    desk, _ = unit_place(code="DESK", name="Desk", kind="DESK", parent=bank.own.unit, actor=None)
    HoldingFactory(customer=CustomerFactory(unit=desk), currency="EUR", balance=Decimal(3))
    again = {key: row.deposits for key, row in rolled_up().items()}
    assert again["NORTH", "CZK"] == first["NORTH", "CZK"] - 1000
    assert [again[code, "EUR"] for code in ("DESK", "NORTH", "HEAD")] == [Decimal(3)] * 3
    assert {key: row.deposits for key, row in stored(TODAY - timedelta(days=1)).items()} == first


def test_a_part_counts_while_it_runs(units):
    customer = CustomerFactory(unit=units["NORTH"])
    part = {"customer": customer, "role": "JOINT"}
    PartyFactory(**part, since_on=TODAY, until_on=TODAY + timedelta(days=1))
    PartyFactory(**part, since_on=TODAY + timedelta(days=1))
    PartyFactory(**part, until_on=TODAY)
    assert rolled_up()["NORTH", "CZK"].holdings == 1


def test_a_pass_is_an_event_of_the_trail(bank):
    done = unit_figures_roll_up(today=TODAY, actor=None)
    event = AuditEvent.objects.get(verb="crm.unitfigures.rolled_up")
    assert (event.actor, event.detail) == (None, {"today": "2026-11-26", "rows": done.rows})
    assert done.rows == UnitFigures.objects.count() == 3


def test_the_clock_asks_once_a_day_and_a_worker_rolls_up(bank):
    for _ in range(3):
        ask_for_unit_figures()
    unit_figures_ask_daily(today=timezone.localdate() + timedelta(days=1))
    tasks = QueuedTask.objects.filter(name=ROLL_UP).order_by("pk")
    assert len(tasks) == 2
    assert run_queued(tasks[0].pk)
    assert stored(timezone.localdate())["HEAD", "CZK"].deposits == 5000


def test_a_load_that_ends_asks_for_the_roll_up_in_its_own_transaction(tmp_path, people):
    feed = Feed(tmp_path / "feed")
    feed.manifest()
    feed.load()
    task = QueuedTask.objects.get(name=ROLL_UP)
    assert run_queued(task.pk)
    assert stored(timezone.localdate())["B1", "CZK"].deposits == Decimal("100.50")
    feed.load()
    feed.load(dry_run=True)
    assert QueuedTask.objects.filter(name=ROLL_UP).count() == 1


def test_a_unit_that_moves_asks_for_the_roll_up_and_one_that_is_renamed_does_not(units):
    south, north = units["SOUTH"], units["NORTH"]
    unit_place(code=south.code, name="Far south", kind=south.kind, parent=south.parent, actor=None)
    assert not QueuedTask.objects.filter(name=ROLL_UP).exists()
    for parent in (north, units["HEAD"], north):
        unit_place(code=south.code, name="Far south", kind=south.kind, parent=parent, actor=None)
    assert QueuedTask.objects.filter(name=ROLL_UP).count() == 3


def test_a_demo_bank_asks_for_the_roll_up(db):
    for _ in range(2):
        call_command("seed_demo", "--customers", "20", stdout=StringIO())
    assert QueuedTask.objects.filter(name=ROLL_UP).count() == 2


@pytest.mark.usefixtures("bank")
def test_a_pass_that_is_undone_leaves_the_figures_before(db):
    before = {key: row.pk for key, row in rolled_up().items()}
    with transaction.atomic():
        unit_figures_roll_up(today=TODAY, actor=None)
        transaction.set_rollback(True)
    assert {key: row.pk for key, row in stored().items()} == before
