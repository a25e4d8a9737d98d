"""Past loads of the feed, and what came of one as its reader may know it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import CharField, QuerySet, Value
from django.db.models.fields.json import KeyTransform

from crm.models import Customer, FeedLoad, Holding

CUSTOMERS, HOLDINGS = "customers.csv", "holdings.csv"
ROWS = ("new", "changed", "unchanged", "refused", "removed")


def feed_loads(rows: QuerySet[FeedLoad]) -> QuerySet[FeedLoad]:
    """Read of each load what a list shows: of its report the counts."""
    return rows.defer("report").annotate(files=KeyTransform("files", "report"))


def rows_of(files: dict[str, dict[str, Any]] | None) -> dict[str, int]:
    """Give how many rows of all files are new, changed, unchanged, refused, removed."""
    return {name: sum(counts[name] for counts in (files or {}).values()) for name in ROWS}


@dataclass(frozen=True)
class Example:
    """A row of ours that a report names, with whom or what it is about: "customer" or "holding" and its key."""

    text: str
    kind: str
    pk: int


@dataclass(frozen=True)
class Told:
    """One list of a report: how many it counts, the examples in the reader's scope, how many are not shown."""

    name: str
    count: int
    closed: int | None = None
    shown: list[Example] = field(default_factory=list)

    @property
    def more(self) -> int:
        """How many are not shown."""
        return self.count - len(self.shown)


@dataclass(frozen=True)
class LoadReport:
    """What came of a load."""

    files: dict[str, dict[str, Any]]
    remarks: list[str]
    errors: list[dict[str, Any]]
    unknown_officers: dict[str, int]
    kept_edits: Told
    other_managers: Told
    vanished: list[Told]

    @property
    def rows(self) -> dict[str, int]:
        """Rows of all files by what came of them."""
        return rows_of(self.files)

    @property
    def disagrees(self) -> bool:
        """Whether there is anything to look after but refused rows."""
        lists = (self.kept_edits, self.other_managers, *self.vanished)
        return bool(self.unknown_officers) or any(told.count for told in lists)

    @property
    def customers_named(self) -> int:
        """How many customers and holdings of the reader's scope it names."""
        return sum(len(told.shown) for told in (self.kept_edits, self.other_managers, *self.vanished))


def load_report(load: FeedLoad, user: Any) -> LoadReport:
    """Give a load's report. Numbers stand in it only where the reader has that customer or holding in scope."""
    kept = load.report
    files = kept.get("files", {})
    scope = _Scope(kept, user)
    return LoadReport(
        files={name: files[name] for name in kept.get("order", files)},
        remarks=kept.get("remarks", []),
        errors=kept.get("errors", []),
        unknown_officers=kept.get("unknown_officers", {}),
        kept_edits=scope.told("kept_edits", kept.get("kept_edits", {})),
        other_managers=scope.told("other_managers", kept.get("other_managers", {})),
        vanished=[scope.told(name, vanished) for name, vanished in kept.get("vanished", {}).items()],
    )


def percent_done(load: FeedLoad) -> int | None:
    """Give how much of the folder's bytes is read, None where that is not known."""
    whole = load.progress.get("whole")
    return min(100 * (load.progress["before"] + load.progress["bytes"]) // whole, 100) if whole else None


def took_words(load: FeedLoad, now: datetime) -> str:
    """Give how long a load took: "0:04", "1:02:03"."""
    minutes, seconds = divmod(int(load.took(now).total_seconds()), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"


class _Scope:
    """Which of the numbers that a report holds the reader may know, asked in one query."""

    def __init__(self, kept: dict[str, Any], user: Any) -> None:
        customers: set[str] = set()
        holdings: set[str] = set()
        for name, number in _numbers(kept):
            (holdings if name == HOLDINGS else customers).add(number)
        self._known = _known(customers, holdings, user) if customers | holdings else {}

    def told(self, name: str, listed: dict[str, Any]) -> Told:
        """Give a list with those examples only of which every number is in scope."""
        shown = [found for text in listed.get("examples", []) if (found := self._example(name, text))]
        return Told(name, listed.get("count", 0), listed.get("closed"), shown)

    def _example(self, name: str, text: str) -> Example | None:
        kind = "holding" if name == HOLDINGS else "customer"
        keys = [self._known.get((kind, number)) for number in _of_example(name, text)]
        return Example(text, kind, keys[0]) if keys[0] is not None and None not in keys else None


def _numbers(kept: dict[str, Any]) -> Iterator[tuple[str, str]]:
    lists = {name: kept.get(name, {}) for name in ("kept_edits", "other_managers")} | kept.get("vanished", {})
    for name, listed in lists.items():
        for text in listed.get("examples", []):
            yield from ((name, number) for number in _of_example(name, text))


def _of_example(name: str, text: str) -> tuple[str, ...]:
    """Give the numbers in an example: "C1", "C1 phone" or "C1 SPOUSE C2"."""
    if name == "kept_edits":
        return (text.rpartition(" ")[0],)
    return (text,) if name in ("other_managers", CUSTOMERS, HOLDINGS) else tuple(text.split(" ")[::2])


def _known(customers: set[str], holdings: set[str], user: Any) -> dict[tuple[str, str], int]:
    of_customers = Customer.objects.visible_to(user).filter(customer_no__in=customers)
    of_holdings = Holding.objects.visible_to(user).filter(holding_no__in=holdings)
    found = _keyed(of_customers, "customer", "customer_no").union(
        _keyed(of_holdings, "holding", "holding_no"), all=True
    )
    return {(kind, number): pk for kind, number, pk in found}


def _keyed(rows: Any, kind: str, number: str) -> Any:
    return rows.order_by().annotate(kind_=Value(kind, CharField())).values_list("kind_", number, "pk")
