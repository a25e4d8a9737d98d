"""What the manifest says must be so, or nothing loads."""

from __future__ import annotations

import json
from typing import Any

import pytest

from crm.models import Customer, FeedLoad
from crm.services.feed import FeedLoadRefused
from crm.tests.feed.feeds import CUSTOMER, HOLDING, Feed, counted
from finpulse.audit.models import AuditEvent


def refusal(feed: Feed) -> str:
    """Load what must be refused, and give the sentence; nothing is left behind."""
    before = Customer.objects.count(), FeedLoad.objects.count(), AuditEvent.objects.count()
    with pytest.raises(FeedLoadRefused) as caught:
        feed.load()
    assert (Customer.objects.count(), FeedLoad.objects.count(), AuditEvent.objects.count()) == before
    return str(caught.value)


def edit_manifest(feed: Feed, name: str, **changes: Any) -> None:
    """Say something else of one file."""
    path = feed.path / "manifest.json"
    said = json.loads(path.read_text(encoding="utf-8"))
    said["files"][name] |= changes
    path.write_text(json.dumps(said), encoding="utf-8")


def test_a_feed_as_its_manifest_says_is_loaded_and_written_down(feed: Feed) -> None:
    feed.manifest(sequence=7, source="core")
    report = feed.load()
    load = FeedLoad.objects.get()
    assert (load.source, load.sequence, load.kind, str(load.business_date)) == ("core", 7, "FULL", "2026-11-23")
    assert load.finished_at is not None
    without_seconds = {name: dict(kept) for name, kept in load.report["files"].items()}
    assert all(kept.pop("seconds") >= 0 for kept in without_seconds.values())
    assert without_seconds == report.counts()
    event = AuditEvent.objects.get(verb="crm.feed.loaded")
    assert (event.subject_type, event.subject_id) == ("crm.feedload", load.pk)
    assert event.detail["fingerprint"] == load.fingerprint
    assert event.detail["files"]["customers.csv"]["new"] == 2


def test_a_wrong_row_count_loads_nothing(feed: Feed) -> None:
    feed.manifest()
    edit_manifest(feed, "customers.csv", rows=3)
    assert refusal(feed) == "customers.csv has 2 rows; manifest.json says 3. Nothing was loaded."


def test_a_wrong_control_total_loads_nothing(feed: Feed) -> None:
    feed.manifest()
    edit_manifest(feed, "holdings.csv", control_totals={"CZK": "80.51"})
    sentence = "The balances of holdings.csv in CZK sum up to 80.50; manifest.json says 80.51. Nothing was loaded."
    assert refusal(feed) == sentence


def test_a_control_total_in_a_currency_not_named_loads_nothing(feed: Feed) -> None:
    feed.write("holdings.csv", [HOLDING, HOLDING | {"holding_no": "H2", "currency": "EUR", "balance": "3"}])
    feed.manifest()
    edit_manifest(feed, "holdings.csv", control_totals={"CZK": "100.50"})
    assert "in EUR sum up to 3; manifest.json says 0." in refusal(feed)


def test_a_balance_that_cannot_be_read_is_told_with_the_total(feed: Feed) -> None:
    feed.manifest()
    feed.append("holdings.csv", b'H3,C1,ACCOUNT,CZK,"12,50",2020-01-01,\n')
    edit_manifest(feed, "holdings.csv", rows=3, control_totals={"CZK": "93.00"})
    assert "sum up to 80.50 without 1 balances that cannot be read; manifest.json says 93.00." in refusal(feed)


def test_refused_rows_count_as_rows_that_were_read(feed: Feed) -> None:
    feed.append("customers.csv", b"C9,ROBOT,CZ,CZK,B1,,,,,\n")
    feed.manifest()
    report = feed.load()
    assert counted(report, "customers.csv") == (2, 0, 0, 1)


def test_a_file_that_the_manifest_lists_and_nobody_sent_loads_nothing(feed: Feed) -> None:
    feed.manifest()
    (feed.path / "parties.csv").unlink()
    assert refusal(feed) == "parties.csv is not in the folder, though manifest.json lists it."


def test_a_file_that_the_manifest_does_not_list_is_not_loaded_and_named(feed: Feed) -> None:
    feed.manifest()
    said = json.loads((feed.path / "manifest.json").read_text(encoding="utf-8"))
    del said["files"]["parties.csv"]
    (feed.path / "manifest.json").write_text(json.dumps(said), encoding="utf-8")
    report = feed.load()
    assert "parties.csv" not in report.files
    assert "parties.csv is not listed in manifest.json: ignored." in report.remarks


def test_a_sequence_loaded_already_changes_nothing_and_says_so(feed: Feed) -> None:
    feed.manifest(sequence=7)
    feed.load()
    feed.write("customers.csv", [CUSTOMER | {"city": "Brno"}])
    feed.manifest(sequence=7)
    report = feed.load()
    assert report.already_loaded
    assert report.remarks == [
        "Sequence 7 of core is loaded already: nothing to do.",
        "Its files are not those that were loaded: a correction comes as a new sequence.",
    ]
    assert FeedLoad.objects.count() == 1
    assert Customer.objects.get(customer_no="C1").city == ""


def test_an_older_sequence_is_refused(feed: Feed) -> None:
    feed.manifest(sequence=7)
    feed.load()
    feed.manifest(sequence=6)
    assert refusal(feed) == "Sequence 6 of core is older than 7, which is loaded. Nothing was loaded."


def test_sequences_are_counted_by_source(feed: Feed) -> None:
    feed.manifest(sequence=7)
    feed.load()
    feed.manifest(sequence=1, source="cards")
    assert not feed.load().already_loaded


def test_a_gap_before_a_delta_is_remarked(feed: Feed) -> None:
    feed.manifest(sequence=7)
    feed.load()
    feed.manifest(sequence=10, kind="DELTA")
    assert "2 sequences of core before this DELTA were never loaded." in feed.load().remarks


def test_without_a_manifest_the_folder_is_an_unchecked_delta(feed: Feed) -> None:
    report = feed.load()
    assert report.remarks == ["Without manifest.json the folder was taken for a DELTA, and nothing was checked."]
    load = FeedLoad.objects.get()
    assert (load.kind, load.sequence, load.source) == ("DELTA", None, "core")


def test_unknown_columns_and_files_are_named_and_ignored(feed: Feed) -> None:
    feed.write("customers.csv", [CUSTOMER | {"shoe_size": "43"}])
    feed.write("shoes.csv", [{"size": "43"}])
    feed.manifest()
    report = feed.load()
    assert "customers.csv: unknown columns ignored: shoe_size." in report.remarks
    assert "shoes.csv is not a file that is loaded: ignored." in report.remarks
    assert report.refused == 1  # C2, whom parties.csv names, is not in this customers.csv


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"format": "finpulse-feed/2"}, "does not say that its format is finpulse-feed/1"),
        ({"kind": "PART"}, "gives the kind 'PART'"),
        ({"sequence": "7"}, "gives no whole number as sequence"),
        ({"sequence": -1}, "gives no whole number as sequence"),
        ({"business_date": "tomorrow"}, "gives no business_date"),
        ({"source": ""}, "names no source"),
        ({"files": []}, "lists no files"),
        ({"files": {"../x.csv": {"rows": 1}}}, "is no file's name"),
        ({"files": {"units.csv": {"rows": True}}}, "gives no whole number as rows of units.csv"),
        ({"files": {"units.csv": {"rows": 2, "control_totals": {"KCS": "1"}}}}, "not amounts by currency"),
        (
            {"files": {"units.csv": {"rows": 2, "control_totals": {"CZK": "1"}}}},
            "units.csv has no currency and balance",
        ),
        ({"files": {"units.csv": {"rows": 2, "control_totals": {"CZK": "x"}}}}, "gives 'x' as a control total"),
    ],
)
def test_a_manifest_that_says_nonsense_is_refused(feed: Feed, changes: dict[str, Any], sentence: str) -> None:
    feed.manifest(**changes)
    assert sentence in refusal(feed)


@pytest.mark.parametrize("content", [b"", b"{", b"[1]", b"\xff\xfe", b'{"format": NaN}', b"[" * 100_000])
def test_a_manifest_that_is_no_json_object_is_refused(feed: Feed, content: bytes) -> None:
    (feed.path / "manifest.json").write_bytes(content)
    assert refusal(feed).startswith("manifest.json ")


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "customers.csv is empty: it has no header."),
        (b"kind,city\n", "customers.csv has no column customer_no."),
        (b"customer_no,kind,kind\n", "customers.csv names a column twice: kind."),
        (b"customer_no,\x00kind\n", "customers.csv has no readable header"),
        ("customer_no,kind\n".encode("utf-16"), "customers.csv has no readable header"),
    ],
)
def test_a_file_without_a_proper_header_loads_nothing(feed: Feed, content: bytes, sentence: str) -> None:
    (feed.path / "customers.csv").write_bytes(content)
    assert sentence in refusal(feed)
