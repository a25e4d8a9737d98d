"""fx_rates.csv: what one unit of a currency is worth in another."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db.models import Field
from psycopg.sql import SQL, Literal

from crm.feed.chunks import ChunkLoader
from crm.feed.forms import Column, Form
from crm.feed.load import Load
from crm.feed.parsers import above_zero, currency, day, decimal
from crm.feed.refusals import RowRefused
from crm.feed.stage import Keys, field_of
from crm.feed.upsert import Assignment, Target, assignments_of
from crm.models import ExchangeRate


def check_rate(values: dict[str, Any], as_of: date) -> None:
    """A rate is between two currencies, and nobody knows tomorrow's."""
    if values["currency"] == values["base"]:
        raise RowRefused("base", "A rate is between two currencies.")
    if values["as_of"] > as_of:
        raise RowRefused("as_of", "The rate lies in the future.")


FORM = Form(
    name="fx_rates.csv",
    model=ExchangeRate,
    columns=(
        Column("currency", currency, required=True),
        Column("base", currency, required=True),
        Column("rate", above_zero(decimal(20, 10)), required=True),
        Column("as_of", day, required=True),
    ),
    key=("currency", "base", "as_of"),
    rules=(check_rate,),
)
KEYS = Keys("fx_rates", ("currency", "base", "as_of"))


class RateLoader(ChunkLoader):
    """Adds rates, and corrects those that the file says anew."""

    def staged(self) -> Mapping[str, Field[Any, Any] | None]:
        """Stage the file; the day as it is written."""
        return {"currency": None, "base": None, "as_of": None, "rate": field_of(ExchangeRate, "rate")}

    def target(self) -> Target:
        """Give the table of exchange rates."""
        return Target(
            table=ExchangeRate._meta.db_table,
            chunk=self.stage.chunk,
            key={"base": SQL("s.base"), "currency": SQL("s.currency"), "as_of": SQL("s.as_of::date")},
            assignments=[
                *assignments_of(ExchangeRate, ["rate"], self.reader.present),
                Assignment("source", Literal(self.load.folder.source), compared=False),
            ],
        )


def load(load: Load) -> None:
    """Load the rates."""
    if load.has(FORM):
        RateLoader(load, FORM, KEYS).run()
