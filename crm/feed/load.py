"""One run over a folder, as the files' loaders know it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from datetime import date
from time import monotonic
from typing import Any

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper

from crm.feed.folder import Folder, Progress
from crm.feed.forms import Form
from crm.feed.refusals import FeedLoadRefused, RowError, RowRefused
from crm.feed.report import Counts, Report
from finpulse.kernel.history import acting

OnError = Callable[[RowError], None]


@dataclass
class Load:
    """What is being loaded, by whom, and what has come of it so far.

    `units` and `officers` are what the codes mean: ids of units and of users. In a dry run a new unit has a stand-in.
    """

    folder: Folder
    report: Report
    prints: dict[str, str]
    as_of: date
    actor: Any
    on_error: OnError
    on_progress: Progress
    chunk: int
    load_id: int | None = None
    units: dict[str, int] = field(default_factory=dict)
    officers: dict[str, int] = field(default_factory=dict)

    @property
    def dry_run(self) -> bool:
        """Nothing is written."""
        return self.report.dry_run

    @property
    def is_full(self) -> bool:
        """The feed says that it has all there is."""
        return self.folder.manifest is not None and self.folder.manifest.kind == "FULL"

    @property
    def day(self) -> date:
        """The day of which the feed speaks; where it does not say, the last that is not in the future."""
        return self.folder.manifest.business_date if self.folder.manifest else self.as_of

    @contextmanager
    def writing(self) -> Iterator[CursorWrapper]:
        """Give a cursor in a transaction whose rows say that this load changed them."""
        with transaction.atomic(), self.acting(), connection.cursor() as cursor:
            yield cursor

    def acting(self) -> AbstractContextManager[None]:
        """Have the rows written in a transaction's block say that this load changed them."""
        reason = f"{self.folder.source} feed"
        return acting(actor=self.actor, verb="crm.feed.loaded", reason=reason, feed_load=self.load_id)

    def has(self, form: Form) -> bool:
        """Tell whether the folder brings this file."""
        return form in self.folder.forms

    def refuse(self, form: Form, line: int, refusal: RowRefused) -> None:
        """Report a row that is not loaded."""
        error = RowError(form.name, line, refusal.column, str(refusal))
        self.report.refuse(error)
        self.on_error(error)

    def check_print(self, form: Form, sha256: str) -> None:
        """Refuse a file that is not what it was when it was checked. :raises FeedLoadRefused: then."""
        if self.prints[form.name] != sha256:
            raise FeedLoadRefused(f"{form.name} changed while it was read. Run the load again.")

    @contextmanager
    def counted(self, name: str) -> Iterator[Counts]:
        """Give the counts of a file and time the block."""
        started = monotonic()
        counts = self.report.files.setdefault(name, Counts())
        yield counts
        counts.seconds += monotonic() - started
