"""Loading the core-banking feed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path

from django.db import connection, transaction

from crm.feed.files import FILES
from crm.feed.folder import Progress, check, fingerprint, open_folder, prints_of
from crm.feed.load import Load
from crm.feed.loads import begin, finish, look_back, stop
from crm.feed.pulse import Pulse
from crm.feed.refusals import FeedLoadRefused, RowError
from crm.feed.report import Report
from crm.feed.session import alone
from crm.feed.vanished import ClosingRefused, OnVanished, settle_vanished
from crm.models import FeedLoad
from crm.services.unit_figures import unit_figures_ask
from finpulse.audit.services import record
from finpulse.identity.models import User

CHUNK = 5000
Settle = Callable[[Load], None]

__all__ = ["CHUNK", "FeedLoadRefused", "RowError", "feed_load"]


def feed_load(
    *,
    path: Path,
    actor: User | None,
    today: date,
    dry_run: bool = False,
    close_missing: bool = False,
    yes: bool = False,
    chunk: int = CHUNK,
    on_error: Callable[[RowError], None] = lambda error: None,
    on_progress: Callable[[str, int], None] = lambda name, bytes_read: None,
    on_vanished: OnVanished = lambda name, key: None,
) -> Report:
    """Load the folder: what is good of it, each bad row told to `on_error`. `actor` None means FinPulse itself.

    Written `chunk` rows at a time, each lot in a transaction of its own; a load that was cut short is run again and
    ends the same. A sequence that is loaded already changes nothing. A dry run reports the same and writes nothing.
    `on_progress` hears of a file's name and its bytes read, `on_vanished` of a file's name and each key that a FULL
    feed no longer has. These are closed with `close_missing`, even if it is loaded already; above 5 % only with `yes`.

    :raises FeedLoadRefused: when nothing may be loaded (no folder, counts that differ, another load), with the reason.
    :raises ClosingRefused: when all is loaded and too much would be closed.
    """
    folder = open_folder(path, [file.form for file in FILES])
    with alone():
        before = look_back(folder)
        manifest = folder.manifest
        report = Report(source=folder.source, sequence=manifest.sequence if manifest else None, dry_run=dry_run)
        prints = check(folder, on_progress) if before.done is None else prints_of(folder)
        as_of = max(today, manifest.business_date) if manifest else today
        load = Load(folder, report, prints, as_of, actor, on_error, on_progress, chunk)
        settle = partial(settle_vanished, close=close_missing, at_any_rate=yes, on_vanished=on_vanished)
        if before.done is not None:
            _come_back(load, before.done, settle if close_missing else None)
            return report
        report.remarks += [*folder.remarks, *filter(None, [before.remark])]
        if dry_run:
            _read(load)
            settle(load)
        else:
            _load_and_record(load, settle)
        return report


def _come_back(load: Load, done: FeedLoad, settle: Settle | None) -> None:
    """Change nothing in what is loaded already, but for closing what vanished, if asked: the files are then read."""
    report, said = load.report, f"Sequence {done.sequence} of {done.source} is loaded already"
    report.already_loaded = True
    if done.fingerprint != fingerprint(load.prints):
        report.remarks.append(f"{said}: nothing to do.")
        report.remarks.append("Its files are not those that were loaded: a correction comes as a new sequence.")
        return
    if settle:
        _read(replace(load, report=Report(report.source, report.sequence, dry_run=True), on_error=_told_before))
        settle(replace(load, load_id=done.pk))
    if any(vanished.closed for vanished in report.vanished.values()):
        report.remarks.append(f"{said}: only what vanished was closed.")
        _write_closed(done, report)
    else:
        report.remarks.append(f"{said}: nothing to do.")


def _told_before(error: RowError) -> None:
    """Say nothing of a row that was refused when the feed was loaded."""


def _write_closed(done: FeedLoad, report: Report) -> None:
    if not report.dry_run:
        with transaction.atomic():
            done.report["vanished"] = report.as_json()["vanished"]
            done.save(update_fields=["report"])
            unit_figures_ask(cause=f"closing after load {done.pk}")


def _load_and_record(load: Load, settle: Settle) -> None:
    row = begin(load.folder, fingerprint(load.prints))
    load.load_id = row.pk
    pulse = Pulse(row, load.folder)
    load.on_progress = _both(load.on_progress, pulse.reading)
    try:
        with pulse.beating():
            _read(load, pulse.settling)
            refused = _settle(load, settle)
        _record_end(load, row)
    except BaseException as error:
        stop(row, load.report, error)
        raise
    if refused:
        raise refused


def _both(first: Progress, second: Progress) -> Progress:
    def tell(name: str, bytes_read: int) -> None:
        first(name, bytes_read)
        second(name, bytes_read)

    return tell


def _read(load: Load, on_settling: Callable[[], None] = lambda: None) -> None:
    with connection.cursor() as cursor:
        for file in FILES:
            file.prepare(cursor)
    for file in FILES:
        file.load(load)
    on_settling()
    for file in FILES:
        file.settle(load)


def _settle(load: Load, settle: Settle) -> ClosingRefused | None:
    """Give why nothing was closed, which is no reason not to end."""
    try:
        settle(load)
    except ClosingRefused as refusal:
        load.report.remarks.append(str(refusal))
        return refusal
    return None


@transaction.atomic
def _record_end(load: Load, row: FeedLoad) -> None:
    finish(row, load.report)
    detail = {
        "source": row.source,
        "sequence": row.sequence,
        "fingerprint": row.fingerprint,
        "files": load.report.counts(),
    }
    record("crm.feed.loaded", actor=load.actor, subject=row, detail=detail)
    unit_figures_ask(cause=f"load {row.pk}")
