"""parties.csv is authoritative where present; a holding without rows has its primary owner."""

from __future__ import annotations

import pytest

from crm.models import HoldingParty
from crm.tests.feed.feeds import HOLDING, Feed, counted

OWNER = {"holding_no": "H1", "customer_no": "C1", "role": "OWNER"}
JOINT = {"holding_no": "H1", "customer_no": "C2", "role": "JOINT"}


def parties(number: str) -> set[tuple[str, str]]:
    """Give who has which part in a holding."""
    rows = HoldingParty.objects.filter(holding__holding_no=number)
    return set(rows.values_list("customer__customer_no", "role"))


def test_a_holding_without_rows_has_its_primary_owner(feed: Feed) -> None:
    report = feed.load()
    assert parties("H2") == {("C1", "OWNER")}
    assert counted(report, "owners") == (1, 0, 0, 0)


def test_without_the_file_every_holding_has_its_primary_owner(feed: Feed) -> None:
    (feed.path / "parties.csv").unlink()
    assert counted(feed.load(), "owners") == (2, 0, 0, 0)
    assert parties("H1") == parties("H2") == {("C1", "OWNER")}


def test_facts_of_a_part_are_kept(feed: Feed) -> None:
    facts = {"share": "0.25", "amount": "5000.00", "since_on": "2020-01-31", "until_on": "2026-01-31"}
    feed.write("parties.csv", [OWNER, JOINT | {"role": "GUARANTOR"} | facts])
    feed.load()
    party = HoldingParty.objects.get(role="GUARANTOR")
    assert [str(getattr(party, name)) for name in facts] == ["0.250000", "5000.0000", "2020-01-31", "2026-01-31"]


def test_the_file_says_all_of_a_holding_that_it_names(feed: Feed) -> None:
    feed.write("parties.csv", [OWNER, JOINT])
    feed.load()
    feed.write("parties.csv", [JOINT])
    report = feed.load()
    assert parties("H1") == {("C2", "JOINT")}
    assert report.files["parties.csv"].removed == 1


@pytest.mark.parametrize("bad", [b"H1,C1,KING\n", b"H1,C404,OWNER\n", b"H1\n"])
def test_a_part_that_could_not_be_read_is_not_taken_for_gone(feed: Feed, bad: bytes) -> None:
    feed.write("parties.csv", [OWNER, JOINT])
    feed.load()
    feed.write("parties.csv", [JOINT])
    feed.append("parties.csv", bad)
    feed.load()
    assert parties("H1") == {("C1", "OWNER"), ("C2", "JOINT")}


def test_a_holding_whose_only_part_was_refused_still_has_its_primary_owner(feed: Feed) -> None:
    feed.write("parties.csv", [{"holding_no": "H1", "customer_no": "C404", "role": "OWNER"}])
    feed.load()
    assert parties("H1") == {("C1", "OWNER")}


def test_a_new_primary_owner_takes_the_place_of_a_lone_one(feed: Feed) -> None:
    (feed.path / "parties.csv").unlink()
    feed.load()
    feed.write("holdings.csv", [HOLDING | {"customer_no": "C2"}])
    report = feed.load()
    assert parties("H1") == {("C2", "OWNER")}
    assert (report.files["owners"].new, report.files["owners"].removed) == (1, 1)


def test_a_part_load_leaves_what_an_earlier_file_said(feed: Feed) -> None:
    feed.write("parties.csv", [OWNER, JOINT])
    feed.load()
    (feed.path / "parties.csv").unlink()
    feed.manifest(kind="DELTA")
    feed.load()
    assert parties("H1") == {("C1", "OWNER"), ("C2", "JOINT")}


def test_a_whole_load_without_rows_of_a_holding_leaves_its_primary_owner_alone(feed: Feed) -> None:
    feed.write("parties.csv", [OWNER, JOINT])
    feed.manifest(sequence=1)
    feed.load()
    feed.write("parties.csv", [{"holding_no": "H2", "customer_no": "C2", "role": "OWNER"}])
    feed.manifest(sequence=2)
    report = feed.load()
    assert parties("H1") == {("C1", "OWNER")}
    assert parties("H2") == {("C2", "OWNER")}
    assert report.files["parties.csv"].removed == 2


def test_a_dry_run_counts_the_same_parts(feed: Feed) -> None:
    feed.write("parties.csv", [OWNER, JOINT])
    feed.manifest(sequence=1)
    feed.load()
    feed.write("parties.csv", [JOINT])
    feed.write("holdings.csv", [HOLDING, HOLDING | {"holding_no": "H2", "customer_no": "C2"}])
    feed.manifest(sequence=2)
    dry = feed.load(dry_run=True)
    assert parties("H1") == {("C1", "OWNER"), ("C2", "JOINT")}
    assert dry.counts() == feed.load().counts()
