"""From a file's records to its good rows; the bad ones are reported on the way."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from crm.feed.folder import TICK
from crm.feed.forms import Form, Row, RowReader
from crm.feed.load import Load
from crm.feed.records import Record
from crm.feed.refusals import RowRefused


class Batch(NamedTuple):
    """Some records in a row: the rows that they gave, those that gave none with why, and how far the file is read."""

    rows: list[Row]
    refused: list[tuple[Record, RowRefused]]
    bytes_read: int


class Reading:
    """The rows of one file, each read once."""

    def __init__(self, load: Load, form: Form) -> None:
        """Open the file."""
        self.load, self.form = load, form
        self.records = load.folder.records(form)
        self.reader = RowReader(form, self.records.header)
        if self.reader.ignored:
            load.report.remarks.append(f"{form.name}: unknown columns ignored: {', '.join(self.reader.ignored)}.")

    def rows(self) -> Iterator[Row]:
        """Give row after row, and tell of those refused. :raises FeedLoadRefused: as `told` does."""
        for batch in self.told(self.batches(TICK)):
            yield from batch.rows

    def batches(self, size: int) -> Iterator[Batch]:
        """Read so many records at a time. Uses no database and tells nobody, so it may be done beside other work."""
        batch = Batch([], [], 0)
        for record in self.records:
            try:
                row = self.reader.row(record, self.load.as_of)
                self.complete(row)
            except RowRefused as refusal:
                batch.refused.append((record, refusal))
            else:
                batch.rows.append(row)
            if len(batch.rows) + len(batch.refused) == size:
                yield batch._replace(bytes_read=self.records.bytes_read)
                batch = Batch([], [], 0)
        yield batch._replace(bytes_read=self.records.bytes_read)

    def told(self, batches: Iterator[Batch]) -> Iterator[Batch]:
        """Give the batches, and tell of what was refused and how far the file is read.

        :raises FeedLoadRefused: at the end, when the file is not what it was when it was checked.
        """
        for batch in batches:
            for record, refusal in batch.refused:
                self.load.refuse(self.form, record.line, refusal)
                self.refused(record)
            self.load.on_progress(self.form.name, batch.bytes_read)
            yield batch
        self.records.close()
        self.load.check_print(self.form, self.records.sha256)

    def complete(self, row: Row) -> None:
        """Look up what the row's codes mean. :raises RowRefused: when one means nothing."""

    def refused(self, record: Record) -> None:
        """Hear of a record that gave no row."""
