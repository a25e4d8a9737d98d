"""Loading the core-banking feed."""

from __future__ import annotations

from collections.abc import Callable
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
from crm.feed.vanished import OnVanished, settle_vanished
from crm.models import FeedLoad
from finpulse.audit.services import record
from finpulse.identity.models import User

CHUNK = 5000

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
    feed no longer has. These are closed with `close_missing`; above 5 % only with `yes`.

    :raises FeedLoadRefused: when nothing may be loaded (no folder, counts that differ, another load), with the reason.
    """
    folder = open_folder(path, [file.form for file in FILES])
    with alone():
        before = look_back(folder)
        manifest = folder.manifest
        report = Report(source=folder.source, sequence=manifest.sequence if manifest else None, dry_run=dry_run)
        if before.done is not None:
            return _already_loaded(report, before.done, fingerprint(prints_of(folder)))
        prints = check(folder, on_progress)
        report.remarks += [*folder.remarks, *filter(None, [before.remark])]
        as_of = max(today, manifest.business_date) if manifest else today
        load = Load(folder, report, prints, as_of, actor, on_error, on_progress, chunk)
        settle = partial(settle_vanished, load, close=close_missing, at_any_rate=yes, on_vanished=on_vanished)
        if dry_run:
            _run(load, settle)
        else:
            _run_and_record(load, settle)
        return report


def _already_loaded(report: Report, done: FeedLoad, found: str) -> Report:
    report.already_loaded = True
    report.remarks.append(f"Sequence {done.sequence} of {done.source} is loaded already: nothing to do.")
    if done.fingerprint != found:
        report.remarks.append("Its files are not those that were loaded: a correction comes as a new sequence.")
    return report


def _run_and_record(load: Load, settle: Callable[[], None]) -> None:
    row = begin(load.folder, fingerprint(load.prints))
    load.load_id = row.pk
    pulse = Pulse(row, load.folder)
    load.on_progress = _both(load.on_progress, pulse.reading)
    try:
        with pulse.beating():
            _run(load, settle, pulse.settling)
        _record_end(load, row)
    except BaseException as error:
        stop(row, load.report, error)
        raise


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


def _both(first: Progress, second: Progress) -> Progress:
    def tell(name: str, bytes_read: int) -> None:
        first(name, bytes_read)
        second(name, bytes_read)

    return tell


def _run(load: Load, settle: Callable[[], None], on_settling: Callable[[], None] = lambda: None) -> None:
    with connection.cursor() as cursor:
        for file in FILES:
            file.prepare(cursor)
    for file in FILES:
        file.load(load)
    on_settling()
    for file in FILES:
        file.settle(load)
    settle()
