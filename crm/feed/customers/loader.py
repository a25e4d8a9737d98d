"""Customers, chunk by chunk."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.backends.utils import CursorWrapper
from django.db.models import Field
from django.utils import timezone

from crm.feed.chunks import ChunkLoader
from crm.feed.customers.derived import create_derived, derive
from crm.feed.customers.differences import report_differences
from crm.feed.customers.managers import record_managers
from crm.feed.customers.settling import write_differences
from crm.feed.customers.tables import CUSTOMER_KEYS, CUSTOMERS_SPARED, IDENTIFIERS, customer_target, staged_columns
from crm.feed.forms import Form, Row
from crm.feed.load import Load
from crm.feed.refusals import RowRefused, shown
from crm.feed.report import Counts
from crm.feed.upsert import Target
from crm.models import Customer
from finpulse.kernel.encryption import blind_index


class CustomerLoader(ChunkLoader):
    """Makes the customers what the core-banking system says of them, what FinPulse owns excepted."""

    spared = CUSTOMERS_SPARED

    def __init__(self, load: Load, form: Form) -> None:
        """Open the file."""
        super().__init__(load, form, CUSTOMER_KEYS)

    def staged(self) -> Mapping[str, Field[Any, Any] | None]:
        """Stage what the file has, identifiers by their blind index, codes by the ids they mean."""
        return staged_columns(self.reader.present)

    def target(self, *, derived: bool = False) -> Target:
        """Give the table of customers; `derived` as `customer_target` takes it."""
        columns, source = [column.name for column in self.form.columns], self.load.folder.source
        return customer_target(self.stage, columns, self.reader.present, source, timezone.now(), derived=derived)

    def create(self, cursor: CursorWrapper) -> None:
        """Make the temporary tables."""
        super().create(cursor)
        create_derived(cursor)

    def complete(self, row: Row) -> None:
        """Find unit and officer, and the identifiers' blind indexes."""
        values = row.values
        for name in IDENTIFIERS:
            if name in values:
                values[f"{name}_index"] = blind_index(values[name], column=f"{Customer._meta.db_table}.{name}")
        if "unit_code" in values:
            code = values["unit_code"]
            if code and code not in self.load.units:
                raise RowRefused("unit_code", f"No unit {shown(code)} is known here.")
            values["unit_id"] = self.load.units.get(code)
        if "officer_code" in values:
            values["manager_id"] = self.load.officers.get(values["officer_code"])

    def write(self, cursor: CursorWrapper, rows: list[Row]) -> Counts:
        """Bring the staged rows to their table; managers of the new are audited, differences reported."""
        target = self.target()
        ours = report_differences(cursor, target, rows, self.reader.present, self.load)
        if self.load.dry_run:
            return target.count(cursor)
        new, differ = derive(cursor, target, rows, self.reader.present)
        written = bool(new or differ)
        counts = self.target(derived=True).write(cursor) if written else Counts(unchanged=len(rows))
        write_differences(cursor, target, ours, self.reader.present)
        if written and "officer_code" in self.reader.present:
            record_managers(cursor, new, rows, self.load)
        return counts
