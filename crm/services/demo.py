"""The demo bank."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import connection, transaction

from crm.demo.bank import DemoBank, Part
from crm.demo.copying import check_at_once, copy_rows, lock_for_writing, refresh_statistics
from crm.demo.plan import LARGE, SOURCE, DemoPlan
from crm.demo.rebuilding import without_indexes
from crm.demo.removal import demo_customers, remove
from crm.demo.rows import CustomerRow, EventRow, HoldingRow, InteractionRow, PartyRow, TaskRow
from crm.demo.staff import hire
from crm.models import Customer, Holding, HoldingParty, Interaction, Task
from finpulse.audit.models import AuditEvent
from finpulse.audit.services import record
from finpulse.kernel.errors import DomainError, InputError

# Two seeds at once would each remove what the other loads.
_LOCK = 0x5EED
_TABLES = (
    ("customers", Customer, CustomerRow),
    ("holdings", Holding, HoldingRow),
    ("parties", HoldingParty, PartyRow),
    ("interactions", Interaction, InteractionRow),
    ("tasks", Task, TaskRow),
    ("events", AuditEvent, EventRow),
)
_BUILT = (Customer, Holding, HoldingParty, Interaction, Task)


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
    """Make the demo bank of the plan in place of an earlier one, or `keep` that as it is. Rows of others stay.

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
        whole = max(plan.customers, demo_customers().count()) >= max(LARGE, _others())
        lock_for_writing(_BUILT, readers_wait=whole)
        check_at_once()
        removed = remove(whole=whole)
        bank = DemoBank(plan, staff, ZoneInfo(settings.TIME_ZONE))
        with without_indexes(_BUILT) if whole else nullcontext():
            made = _load(bank, progress)
        refresh_statistics([*_BUILT, AuditEvent])
        detail = made | {"removed": removed, "seed": plan.seed, "today": plan.today.isoformat()}
        record("crm.demo.seeded", actor=actor, detail=detail)
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
    if Holding._base_manager.exclude(source=SOURCE).filter(customer__in=demo_customers()).exists():
        raise DemoBankSeedRefused("Holdings from elsewhere belong to demo customers: remove or move them first.")


def _others() -> int:
    return Customer._base_manager.exclude(source=SOURCE).count()


def _load(bank: DemoBank, progress: Callable[[int], None]) -> dict[str, int]:
    made: Counter[str] = Counter()
    for part in _ahead(bank.parts()):
        for name, model, row_type in _TABLES:
            rows = getattr(part, name)
            copy_rows(model, row_type._fields, rows)
            made[name] += len(rows)
        progress(made["customers"])
    return dict(made)


def _ahead(parts: Iterator[Part]) -> Iterator[Part]:
    """Yield the parts while another thread makes the next one: this one mostly waits for the database."""
    with ThreadPoolExecutor(max_workers=1) as maker:
        following = maker.submit(next, parts, None)
        while (part := following.result()) is not None:
            following = maker.submit(next, parts, None)
            yield part
