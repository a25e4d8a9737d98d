"""One feed with every bad row that operations have named: each is refused by file, line, column and reason, alone."""

from __future__ import annotations

import csv
import io
import json
import sys
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from crm.feed.files import FILES
from crm.models import Customer, FeedLoad, Holding, HoldingParty, Relationship
from crm.tests.feed.feeds import CUSTOMER, GOOD, HOLDING, Feed

CUSTOMERS, HOLDINGS, PARTIES, RELATIONS = "customers.csv", "holdings.csv", "parties.csv", "relationships.csv"
COLUMNS = {file.form.name: [column.name for column in file.form.columns] for file in FILES}
OWNS = {"related_customer_no": "C2", "kind": "SHAREHOLDER_OF"}
BASE = {
    CUSTOMERS: CUSTOMER | {"customer_no": "BAD"},
    HOLDINGS: HOLDING | {"holding_no": "BAD"},
    PARTIES: {"holding_no": "H2", "customer_no": "C2", "role": "JOINT"},
    RELATIONS: {"customer_no": "C1", "related_customer_no": "C2", "kind": "OTHER"},
}
KEYS = {CUSTOMERS: "customer_no", HOLDINGS: "holding_no"}
# Comes first in its file, so that the shares that follow exceed the whole.
FIRST = {
    PARTIES: [{"holding_no": "H2", "customer_no": "C1", "role": "OWNER", "share": "0.7"}],
    RELATIONS: [OWNS | {"customer_no": "C1", "share": "0.7"}],
}


@dataclass(frozen=True)
class Bad:
    """A row, and what is said of it. `raw` is its line, of which the form's own is {row}."""

    what: str
    file: str
    column: str
    reason: str
    cells: dict[str, str] = field(default_factory=dict)
    raw: str = "{row}"


LIST = [
    Bad("missing required", CUSTOMERS, "kind", "The value is missing.", {"kind": ""}),
    Bad("bad enum", CUSTOMERS, "segment", "“RICH” is not one of MASS", {"segment": "RICH"}),
    Bad("bad date", CUSTOMERS, "joined_on", "“31.1.2020” is not a date as 2026-11-23.", {"joined_on": "31.1.2020"}),
    Bad("decimal comma", HOLDINGS, "balance", "“12,50” is not a plain decimal number", {"balance": "12,50"}),
    Bad("NaN", HOLDINGS, "balance", "“NaN” is not a plain decimal number", {"balance": "NaN"}),
    Bad("too many digits", HOLDINGS, "balance", "more than 16 digits before the point", {"balance": "1" * 17}),
    Bad("unknown customer", HOLDINGS, "customer_no", "No customer “C404” is known here.", {"customer_no": "C404"}),
    Bad("unknown unit", CUSTOMERS, "unit_code", "No unit “B404” is known here.", {"unit_code": "B404"}),
    Bad("duplicate key", HOLDINGS, "holding_no", "says something else.", {"holding_no": "H1", "balance": "7.00"}),
    Bad("bad country", CUSTOMERS, "country", "“UK” is not a country's code of ISO 3166", {"country": "UK"}),
    Bad("bad currency", HOLDINGS, "currency", "“KCS” is not a currency's code of ISO 4217", {"currency": "KCS"}),
    Bad("NUL byte", CUSTOMERS, "given_name", "The value holds a NUL byte.", {"given_name": "Eva\x00"}),
    Bad("invalid UTF-8", CUSTOMERS, "family_name", "holds bytes that are not UTF-8.", {"family_name": "Nov\udce1k"}),
    Bad("wrong column count", CUSTOMERS, "", "The row has 39 columns, the header has 38.", raw="{row},more"),
    Bad("unclosed quote", CUSTOMERS, "", "A quote is opened and not closed.", raw='"{row}'),
    Bad("10 MB field", CUSTOMERS, "", "The line is longer than 64 KiB.", {"address": "x" * 10_000_000}),
    Bad("birth in the future", CUSTOMERS, "birth_on", "lies in the future.", {"birth_on": "2999-01-01"}),
    Bad("matures before opened", HOLDINGS, "matures_on", "matures before it was opened.", {"matures_on": "2019-12-31"}),
    Bad("relationship to oneself", RELATIONS, "related_customer_no", "to himself.", {"related_customer_no": "C1"}),
    Bad("negative limit", HOLDINGS, "credit_limit", "A credit limit is not negative.", {"credit_limit": "-1"}),
    Bad("rate above 1", HOLDINGS, "rate", "“3.45” is not between -1 and 1", {"rate": "3.45"}),
    Bad("card number", HOLDINGS, "holding_no", "a full card number", {"holding_no": "4111111111111111"}),
    Bad("shares of a holding above 1", PARTIES, "share", "add up to 1.1, above 1.", {"share": "0.4"}),
    Bad("shares of a firm above 1", RELATIONS, "share", "1.1, above 1.", OWNS | {"customer_no": "G0", "share": "0.4"}),
]  # fmt: skip


def good(name: str, number: int) -> dict[str, str] | None:
    """Give the good row that follows the bad one of this number, if the file can have so many."""
    if name == CUSTOMERS:
        return CUSTOMER | {"customer_no": f"G{number}"}
    return HOLDING | {"holding_no": f"G{number}"} if name == HOLDINGS else None


def as_line(name: str, cells: dict[str, str]) -> str:
    """Give a row as CSV with every column of the contract."""
    out = io.StringIO()
    csv.writer(out, lineterminator="").writerow([cells.get(column, "") for column in COLUMNS[name]])
    return out.getvalue()


class Written:
    """The feed on disk: on which line each bad row stands, which good rows there are, what the manifest says."""

    def __init__(self, feed: Feed) -> None:
        """Write the files, good rows between the bad."""
        self.feed = feed
        self.lines: dict[str, int] = {}
        self.good: dict[str, list[dict[str, str]]] = {}
        self.rows: dict[str, int] = {}
        self.total = Decimal(0)
        for name in COLUMNS:
            rows = GOOD.get(name, []) if name not in FIRST else FIRST[name]
            if rows:
                self._write(name, rows, [bad for bad in LIST if bad.file == name])

    def _write(self, name: str, rows: list[dict[str, str]], bad_rows: list[Bad]) -> None:
        self.good[name] = list(rows)
        lines = [",".join(COLUMNS[name]), *(as_line(name, row) for row in rows)]
        for number, bad in enumerate(bad_rows):
            cells = BASE[name] | bad.cells
            lines.append(bad.raw.format(row=as_line(name, cells)))
            self.lines[bad.what] = len(lines)
            if row := good(name, number):
                self.good[name].append(row)
                lines.append(as_line(name, row))
            self.total += self._counted(name, cells)
        self.total += sum(self._counted(name, row) for row in self.good[name])
        self.rows[name] = len(lines) - 1
        content = "".join(f"{line}\r\n" for line in lines)
        (self.feed.path / name).write_bytes(content.encode("utf-8", "surrogateescape"))

    def _counted(self, name: str, cells: dict[str, str]) -> Decimal:
        readable = name == HOLDINGS and cells["currency"] == "CZK" and cells["balance"] not in ("12,50", "NaN")
        return Decimal(cells["balance"]) if readable else Decimal(0)

    def manifest(self, *, sequence: int, rows: int = 0, total: int = 0) -> None:
        """Write the manifest, true but for what is added to a count or to a total."""
        files: dict[str, dict[str, object]] = {name: {"rows": count} for name, count in self.rows.items()}
        files[CUSTOMERS]["rows"] = self.rows[CUSTOMERS] + rows
        files[HOLDINGS]["control_totals"] = {"CZK": str(self.total + total)}
        said = {"format": "finpulse-feed/1", "source": "core", "business_date": "2026-11-23", "kind": "FULL"}
        text = json.dumps(said | {"sequence": sequence, "files": files})
        (self.feed.path / "manifest.json").write_text(text, encoding="utf-8")


@pytest.fixture
def written(feed: Feed) -> Written:
    """The feed with all of the list in it."""
    return Written(feed)


def load(written: Written, errors: Path) -> list[dict[str, str]]:
    """Run the command as operations do; give the refused rows as it wrote them down."""
    call_command("import_bank", str(written.feed.path), "--errors", str(errors), stdout=io.StringIO())
    with errors.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def refusal(written: Written) -> str:
    """Run what must be refused whole; give the sentence."""
    before = counts()
    with pytest.raises(CommandError) as caught:
        call_command("import_bank", str(written.feed.path))
    assert counts() == before
    return str(caught.value)


def counts() -> list[int]:
    """Count what a load leaves behind."""
    return [model._base_manager.count() for model in (Customer, Holding, HoldingParty, Relationship, FeedLoad)]


def table(errors: list[dict[str, str]]) -> str:
    """Give the refused rows as lines, for `-s`."""
    return "".join(f"{e['file']:18} {e['line']:>4}  {e['column']:22} {e['reason']}\n" for e in errors)


def assert_good_rows_loaded(written: Written) -> None:
    """What is there is what the good rows say, and nothing else."""
    numbers = {file: {row[key] for row in written.good[file]} for file, key in KEYS.items()}
    assert set(Customer.objects.values_list("customer_no", flat=True)) == numbers[CUSTOMERS]
    assert set(Holding.objects.values_list("holding_no", flat=True)) == numbers[HOLDINGS]
    shares = HoldingParty.objects.filter(share__isnull=False).values_list("holding__holding_no", "share")
    assert list(shares) == [("H2", Decimal("0.7"))]
    assert Relationship.objects.get().share == Decimal("0.7")


def test_each_bad_row_is_refused_where_it_stands_and_every_good_row_loads(written: Written, tmp_path: Path) -> None:
    written.manifest(sequence=7)
    errors = load(written, tmp_path / "errors.csv")
    sys.stdout.write(f"\n{table(errors)}")
    found = {(error["file"], int(error["line"])): error for error in errors}
    for bad in LIST:
        error = found.pop((bad.file, written.lines[bad.what]))
        assert error["column"] == bad.column, bad.what
        assert bad.reason in error["reason"], bad.what
    assert not found
    assert_good_rows_loaded(written)


def test_a_manifest_that_does_not_fit_loads_nothing(written: Written, tmp_path: Path) -> None:
    said = f"customers.csv has {written.rows[CUSTOMERS]} rows; manifest.json says {written.rows[CUSTOMERS] + 1}."
    written.manifest(sequence=7, rows=1)
    assert refusal(written) == f"{said} Nothing was loaded."
    written.manifest(sequence=7, total=1)
    assert f"sum up to {written.total} without 3 balances that cannot be read" in refusal(written)
    written.manifest(sequence=7)
    load(written, tmp_path / "errors.csv")
    written.manifest(sequence=6)
    assert refusal(written) == "Sequence 6 of core is older than 7, which is loaded. Nothing was loaded."
