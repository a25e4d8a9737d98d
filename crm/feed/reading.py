"""From a file's records to its good rows; the bad ones are reported on the way."""

from __future__ import annotations

from collections.abc import Iterator

from crm.feed.folder import TICK
from crm.feed.forms import Form, Row, RowReader
from crm.feed.load import Load
from crm.feed.records import Record
from crm.feed.refusals import RowRefused


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
        """Give row after row.

        :raises FeedLoadRefused: at the end, when the file is not what it was when it was checked.
        """
        for count, record in enumerate(self.records, start=1):
            try:
                row = self.reader.row(record, self.load.as_of)
                self.complete(row)
            except RowRefused as refusal:
                self.load.refuse(self.form, record.line, refusal)
                self.refused(record)
            else:
                yield row
            if count % TICK == 0:
                self.load.on_progress(self.form.name, self.records.bytes_read)
        self.load.on_progress(self.form.name, self.records.bytes_read)
        self.records.close()
        self.load.check_print(self.form, self.records.sha256)

    def complete(self, row: Row) -> None:
        """Look up what the row's codes mean. :raises RowRefused: when one means nothing."""

    def refused(self, record: Record) -> None:
        """Hear of a record that gave no row."""
