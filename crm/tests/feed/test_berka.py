"""The real Berka bank as a feed."""

from __future__ import annotations

import shutil
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

from crm.models import Customer, Holding, HoldingParty
from crm.tests.feed.feeds import Feed, berka_feed, counted

UNCHANGED = {
    "units.csv": (0, 0, 9, 0),
    "officers.csv": (0, 0, 3, 0),
    "customers.csv": (0, 0, 5369, 0),
    "holdings.csv": (0, 0, 6074, 0),
    "parties.csv": (0, 0, 5369, 0),
    "owners": (0, 0, 0, 0),
    "balances of holdings": (0, 0, 0, 0),
}


@pytest.fixture
def berka(tmp_path: Path, people: object) -> Feed:
    """The bank of the public files as of 23 November 2026, made by the data's own tool."""
    return berka_feed(tmp_path / "berka")


@pytest.fixture
def emptied(people: object) -> None:
    """Tables that were emptied of a bank and whose statistics say so: the planner takes what comes next for one row."""
    for customers in ("1500", "0"):
        call_command("seed_demo", "--customers", customers, stdout=StringIO())


@pytest.mark.usefixtures("emptied")
def test_the_berka_bank_loads_whole_and_the_second_time_changes_nothing(berka: Feed) -> None:
    report = berka.load()
    new = {name: (unchanged, 0, 0, 0) for name, (_, _, unchanged, _) in UNCHANGED.items()}
    assert {name: counted(report, name) for name in report.files} == new | {
        "owners": (1574, 0, 0, 0),
        "balances of holdings": (651, 0, 0, 0),
    }
    assert report.refused == 0
    assert (Customer.objects.count(), Holding.objects.count(), HoldingParty.objects.count()) == (5369, 6074, 6943)
    assert not Customer.objects.filter(manager=None).exists()
    assert berka.load().already_loaded
    (berka.path / "manifest.json").unlink()
    again = berka.load()
    assert {name: counted(again, name) for name in again.files} == UNCHANGED
    assert (again.other_managers.count, again.kept_edits.count) == (0, 0)


def test_a_broken_copy_of_the_berka_bank_loads_nothing(berka: Feed, tmp_path: Path) -> None:
    cut = tmp_path / "cut"
    shutil.copytree(berka.path, cut)
    lines = (cut / "holdings.csv").read_bytes().splitlines(keepends=True)
    (cut / "holdings.csv").write_bytes(b"".join(lines[:-1]))
    berka.path = cut
    with pytest.raises(Exception, match=r"holdings\.csv has 6,073 rows; manifest\.json says 6,074\."):
        berka.load()
    assert not Customer.objects.exists()
