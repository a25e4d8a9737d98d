"""The files of a feed, one module each, in the order in which they refer to each other."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.db.backends.utils import CursorWrapper

from crm.feed.files import balances, customers, fx_rates, holdings, officers, parties, positions, relationships, units
from crm.feed.forms import Form
from crm.feed.load import Load


def _nothing(_: object) -> None:
    """Do nothing: most files need neither tables for others nor a last word."""


@dataclass(frozen=True)
class FeedFile:
    """A file: its form, the tables that others read of it, how it is loaded, and what is left when all are.

    All three are called whether or not the folder brings the file.
    """

    form: Form
    load: Callable[[Load], None]
    prepare: Callable[[CursorWrapper], None] = _nothing
    settle: Callable[[Load], None] = _nothing


FILES = (
    FeedFile(units.FORM, units.load),
    FeedFile(officers.FORM, officers.load),
    FeedFile(customers.FORM, customers.load, prepare=customers.prepare),
    FeedFile(holdings.FORM, holdings.load, prepare=holdings.prepare),
    FeedFile(parties.FORM, parties.load, prepare=parties.prepare, settle=parties.settle),
    FeedFile(positions.FORM, positions.load, prepare=positions.prepare),
    FeedFile(balances.FORM, balances.load, prepare=balances.KEYS.create, settle=balances.settle),
    FeedFile(relationships.FORM, relationships.load, prepare=relationships.prepare),
    FeedFile(fx_rates.FORM, fx_rates.load, prepare=fx_rates.KEYS.create),
)
