"""The demo bank."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import connection, transaction

from crm.demo import balances, rates
from crm.demo.bank import Recipe
from crm.demo.copying import (
    check_at_once,
    copy_block,
    filling,
    lock_for_writing,
    mark_visible,
    refresh_statistics,
    reserve_ids,
)
from crm.demo.holdings import MOST_HOLDINGS
from crm.demo.making import parts_made_by_processes, parts_made_here
from crm.demo.plan import BOOKS, LARGE, SOURCE, DemoPlan
from crm.demo.rebuilding import without_indexes
from crm.demo.removal import demo_customers, remove
from crm.demo.staff import hire
from crm.demo.tables import OWN, OWN_MODELS, TABLES
from crm.models import Customer, ExchangeRate, Holding
from crm.services.unit_figures import unit_figures_ask
from finpulse.audit.services import record
from finpulse.kernel.errors import DomainError, InputError
from finpulse.kernel.history.rows import without_history
from products.services import demo_catalogue_import

# Two seeds at once would each remove what the other loads.
_LOCK = 0x5EED


class DemoBankSeedRefused(DomainError):
    """No demo bank may be made here."""


@dataclass(frozen=True)
class DemoSeeded:
    """What a seed did: rows made by table (none where a bank was kept), customers removed before, seconds taken."""

    made: dict[str, int]
    removed: int
    seconds: float


def demo_bank_seed(
    *, plan: DemoPlan, actor: Any, keep: bool = False, progress: Callable[[int], None] = lambda customers: None
) -> DemoSeeded:
    """Make the demo bank of the plan, with what it offers, in place of an earlier one, or `keep` that as it is.

    Rows of others stay.

    `progress` hears how many customers are loaded so far.

    :raises DemoBankSeedRefused: outside local settings, or when somebody else's rows stand in the way.
    :raises InputError: for a plan that cannot be.
    """
    _check(plan)
    started = time.monotonic()
    with transaction.atomic():
        _take_lock()
        if keep and demo_customers().exists():
            return DemoSeeded({}, 0, time.monotonic() - started)
        _refuse_foreign_rows()
        staff = hire(plan)
        demo_catalogue_import(today=plan.today, actor=actor)
        whole = max(plan.customers, demo_customers().count()) >= max(LARGE, _others())
        lock_for_writing(OWN_MODELS, readers_wait=whole)
        check_at_once()
        with without_history(Customer, Holding):
            removed = remove(whole=whole)
        rates.withdraw()
        recipe = Recipe(
            plan=plan,
            staff=staff,
            zone=ZoneInfo(settings.TIME_ZONE),
            first_customer_id=reserve_ids(Customer, plan.customers),
            first_holding_id=reserve_ids(Holding, plan.customers * MOST_HOLDINGS),
        )
        with without_indexes(OWN_MODELS) if whole else nullcontext():
            made = _load(recipe, progress)
            made["balances"] = _remember_balances(recipe)
        made["rates"] = rates.quote(plan, settings.BASE_CURRENCY)
        refresh_statistics([*OWN_MODELS, *(table.model for table in TABLES if table not in OWN), ExchangeRate])
        detail = made | {"removed": removed, "seed": plan.seed, "today": plan.today.isoformat()}
        seeded = record("crm.demo.seeded", actor=actor, detail=detail)
        unit_figures_ask(cause=f"seed {seeded.pk}")
    if not connection.in_atomic_block:
        mark_visible(OWN_MODELS)
    return DemoSeeded(made, removed, time.monotonic() - started)


def _check(plan: DemoPlan) -> None:
    if not settings.PASSWORD_SIGN_IN:
        raise DemoBankSeedRefused(
            "The demo bank has people with a known password: it is made with local settings only."
        )
    for name in ("customers", "interactions_per_customer", "managers", "seed"):
        value = getattr(plan, name)
        if value is not None and value < 0:
            raise InputError(f"{name.replace('_', ' ')} cannot be negative: {value}.", field=name)


def _take_lock() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])


def _refuse_foreign_rows() -> None:
    if Customer._base_manager.exclude(source=SOURCE).filter(customer_no__regex=r"^DC\d+$").exists():
        raise DemoBankSeedRefused(
            "Customers with numbers DC… came from elsewhere: the demo bank would take their place."
        )
    if Holding._base_manager.exclude(source=SOURCE).filter(holding_no__regex=r"^DH\d+$").exists():
        raise DemoBankSeedRefused(
            "Holdings with numbers DH… came from elsewhere: the demo bank would take their place."
        )
    if Holding._base_manager.exclude(source=SOURCE).filter(customer__in=demo_customers()).exists():
        raise DemoBankSeedRefused("Holdings from elsewhere belong to demo customers: remove or move them first.")


def _others() -> int:
    return Customer._base_manager.exclude(source=SOURCE).count()


def _load(recipe: Recipe, progress: Callable[[int], None]) -> dict[str, int]:
    tables = {table.name: table for table in TABLES}
    fillings = {name: filling(table.model, table.row._fields) for name, table in tables.items()}
    make = parts_made_by_processes if recipe.plan.customers >= LARGE else parts_made_here
    made = dict.fromkeys(tables, 0)
    for part in make(recipe, fillings):
        for block in part:
            copy_block(tables[block.table].model, tables[block.table].row._fields, block.text)
            made[block.table] += block.rows
        progress(made["customers"])
    return made


def _remember_balances(recipe: Recipe) -> int:
    # Which they are to be found among is known to the planner only now.
    refresh_statistics([Customer, Holding])
    return balances.remember(
        recipe.plan,
        first_customer_id=recipe.first_customer_id,
        first_holding_id=recipe.first_holding_id,
        managers=[recipe.staff.accounts[name].id for name in BOOKS],
    )
