"""One cell after another: messages, a fault when a quarter has arrived, and a clock."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from itertools import groupby, pairwise
from operator import attrgetter
from pathlib import Path
from time import monotonic

from django.utils import timezone

from bench.crash import messages
from bench.crash.cells import Cell
from bench.crash.house import House, house, pause
from bench.crash.load import Load, load_on
from bench.crash.report import Report, Row
from crm.models import Holding
from notifications.services import alerts_scan
from tests.services.wait import until

# The fault comes when this part of the messages has arrived.
BEFORE = 0.25
POLL_SECONDS = 0.2
FAULT_WINDOW = 10.0
# A deposit that matures so soon is due for an alert, which only the clock's next tick has looked for.
CANARY_DAYS = 7
# What has not arrived so long after the last mail is lost: twice the longest that a ring or a lease is trusted.
PATIENCE_SECONDS = 150.0


@dataclass(frozen=True)
class Span:
    """Moments of the monotonic clock."""

    written: float
    event: float
    settled: float


def measure_all(cells: list[Cell], *, report: Report, processes: int) -> None:
    """Measure cells, those of a broker on one run of it."""
    report.begin()
    for broker, alike in groupby(cells, key=attrgetter("broker")):
        with (
            tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder,
            house(broker, Path(folder), processes) as home,
        ):
            deposits = [messages.new_deposit(messages.LEAD_DAYS) for _ in range(messages.DEPOSITS)]
            _settle_what_is_due(home)
            with load_on(home.address) as load:
                for cell in alike:
                    report.add(_measure(cell, home, load, deposits, report.messages))


def _settle_what_is_due(home: House) -> None:
    """Have the demo bank's own alerts sent before anything is measured."""
    alerts_scan(now=timezone.now())
    until(lambda: messages.are_settled([]), "the demo bank's own alerts are sent", PATIENCE_SECONDS)


def _measure(cell: Cell, home: House, load: Load, deposits: list[Holding], count: int) -> Row:
    messages.forget()
    home.mail.forget()
    home.revived = 0
    load.offer(messages.write_given_up())
    began = monotonic()
    ids = messages.write(deposits, count)
    _until(home, lambda: len(home.mail.taken) >= count * BEFORE)
    event = monotonic()
    canary = messages.new_deposit(CANARY_DAYS) if cell.process == "beat" else None
    home.befall(cell.process, cell.fault)
    _until(home, lambda: messages.are_settled(ids) and (canary is None or messages.is_told(canary)))
    span = Span(began, event, monotonic())
    untold = canary is not None and not messages.is_told(canary)
    return _row(cell, home, load, span, ids, untold=untold)


def _until(home: House, condition) -> None:
    arrived, deadline = -1, 0.0
    while not condition():
        if len(home.mail.taken) != arrived:
            arrived, deadline = len(home.mail.taken), monotonic() + PATIENCE_SECONDS
        if monotonic() > deadline:
            return
        home.revive()
        pause(POLL_SECONDS)


def _row(cell: Cell, home: House, load: Load, span: Span, ids: set[int], *, untold: bool) -> Row:
    arrived = messages.taken(home.mail.taken)
    twice = {message for message, times in arrived.items() if times > 1}
    moments = home.mail.taken_at
    later = [moment for moment in moments if moment >= span.event]
    return Row(
        cell=cell,
        lost=len(ids - set(arrived)) + untold,
        twice=len(twice),
        unmarked=len(twice - messages.marked(twice)),
        unsettled=messages.unsettled(ids),
        first=later[0] - span.event if later else None,
        silence=max(after - before for before, after in pairwise([span.event, *later])) if later else None,
        settled=span.settled - span.event,
        rate=len(moments[: len(ids)]) / (moments[: len(ids)][-1] - span.written) if moments else 0.0,
        before=load.p95(moments[0] if moments else span.written, span.event),
        during=load.p95(span.event, span.event + FAULT_WINDOW),
        errors=load.errors(span.written),
        revived=home.revived,
    )
