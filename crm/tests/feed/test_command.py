"""import_bank, as an operator calls it."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from crm.models import Customer
from crm.tests.feed.feeds import CUSTOMER, Feed


def run(feed: Feed, *arguments: str) -> str:
    """Run the command; give what it printed."""
    out = io.StringIO()
    call_command("import_bank", str(feed.path), *arguments, stdout=out)
    return out.getvalue()


def refusal(*arguments: str) -> str:
    """Give the sentence with which the command ends."""
    with pytest.raises(CommandError) as caught:
        call_command("import_bank", *arguments)
    assert caught.value.returncode == 1
    return str(caught.value)


def test_it_prints_counts_and_seconds_of_each_file(feed: Feed) -> None:
    feed.manifest()
    lines = run(feed).splitlines()
    assert [line.split()[0] for line in lines[:-1]] == [
        *("units.csv", "officers.csv", "customers.csv", "holdings.csv", "parties.csv"),
        *("owners", "balances"),
    ]
    assert lines[2].split()[:9] == ["customers.csv", "2", "new", "0", "changed", "0", "unchanged", "0", "refused"]
    assert lines[2].endswith(" s")
    assert lines[-1] == "Loaded. 0 rows refused."


def test_it_says_that_a_sequence_is_loaded_already(feed: Feed) -> None:
    feed.manifest(sequence=4)
    run(feed)
    assert run(feed) == "Sequence 4 of core is loaded already: nothing to do.\n"


def test_a_dry_run_says_so_and_writes_nothing(feed: Feed) -> None:
    assert run(feed, "--dry-run").endswith("Dry run: nothing was written. 0 rows refused.\n")
    assert not Customer.objects.exists()


def test_refused_rows_are_shown_or_written_to_a_file(feed: Feed, tmp_path: Path) -> None:
    bad = [CUSTOMER | {"customer_no": f"B{number}", "country": "XX"} for number in range(25)]
    feed.write("customers.csv", [CUSTOMER, CUSTOMER | {"customer_no": "C2"}, *bad])
    printed = run(feed).splitlines()
    assert "customers.csv, line 4, country: “XX” is not a country's code of ISO 3166 (two capitals)." in printed
    assert "… and 5 more; --errors FILE lists all." in printed
    assert printed[-1] == "Loaded. 25 rows refused."
    errors = tmp_path / "errors.csv"
    assert f"Refused rows are listed in {errors}." in run(feed, "--errors", str(errors))
    with errors.open(encoding="utf-8", newline="") as lines:
        rows: list[dict[str, Any]] = list(csv.DictReader(lines))
    assert len(rows) == 25
    assert rows[0] == {
        "file": "customers.csv",
        "line": "4",
        "column": "country",
        "reason": "“XX” is not a country's code of ISO 3166 (two capitals).",
    }


def test_bad_input_ends_with_a_sentence(feed: Feed, tmp_path: Path) -> None:
    assert refusal(str(tmp_path / "nowhere")) == f"There is no folder {tmp_path / 'nowhere'}."
    (tmp_path / "empty").mkdir()
    assert refusal(str(tmp_path / "empty")).startswith(f"{tmp_path / 'empty'} holds no file of a feed: units.csv")
    errors = tmp_path / "nowhere" / "errors.csv"
    assert refusal(str(feed.path), "--errors", str(errors)) == (
        f"{errors} cannot be read or written: No such file or directory."
    )
    assert refusal(str(feed.path), "--chunk", "many").startswith("--chunk takes a whole number from 1 to 100,000")
    (feed.path / "manifest.json").write_text("{}", encoding="utf-8")
    assert "manifest.json does not say that its format is finpulse-feed/1." in refusal(str(feed.path))
    assert not Customer.objects.exists()
