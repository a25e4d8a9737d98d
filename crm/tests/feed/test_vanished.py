"""What a whole feed no longer has is listed, and closed only when asked: with the load, or once it is loaded."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.management import call_command

from crm.models import Customer, FeedLoad, Holding
from crm.services.feed import FeedLoadRefused
from crm.tests.feed.feeds import CUSTOMER, HOLDING, Feed
from crm.tests.feed.state import state
from finpulse.audit.models import AuditEvent

TOO_MANY = r"1 of 2 rows known of holdings\.csv are not in this feed, more than 5%: none was closed\."


@pytest.fixture
def shrunk(feed: Feed) -> Feed:
    """Sequence 1 is loaded with H1 and H2; sequence 2, which is to come, has no H2."""
    feed.manifest(sequence=1)
    feed.load()
    feed.write("holdings.csv", [HOLDING])
    feed.manifest(sequence=2)
    return feed


def status(number: str = "H2") -> tuple[str, str]:
    """Give a holding's status and the day of its closing."""
    holding = Holding.objects.get(holding_no=number)
    return holding.status, str(holding.closed_on)


def run(feed: Feed, *arguments: str) -> list[str]:
    """Run the command; give the lines that it printed."""
    out = io.StringIO()
    call_command("import_bank", str(feed.path), *arguments, stdout=out)
    return out.getvalue().splitlines()


def test_it_is_listed_and_stays_open_unless_asked(shrunk: Feed) -> None:
    assert shrunk.load().vanished["holdings.csv"].examples == ["H2"]
    assert status() == ("ACTIVE", "None")


def test_above_five_percent_the_feed_is_loaded_and_nothing_is_closed(shrunk: Feed) -> None:
    with pytest.raises(FeedLoadRefused, match=TOO_MANY):
        shrunk.load(close_missing=True)
    assert status() == ("ACTIVE", "None")
    assert FeedLoad.objects.get(sequence=2).finished_at is not None
    assert shrunk.load(close_missing=True, yes=True).vanished["holdings.csv"].closed == 1
    assert status() == ("CLOSED", "2026-11-23")
    assert Customer.objects.exclude(status="CLOSED").count() == 2


def test_a_dry_run_refuses_the_same_and_closes_nothing(shrunk: Feed) -> None:
    with pytest.raises(FeedLoadRefused, match=TOO_MANY):
        shrunk.load(close_missing=True, dry_run=True)
    said = run(shrunk, "--close-missing", "--yes", "--dry-run")
    assert "1 rows known of holdings.csv are no longer in the feed; 1 would be closed: H2" in said
    assert status() == ("ACTIVE", "None")


def test_once_the_sequence_is_loaded_the_closing_is_all_that_is_done_and_is_done_once(shrunk: Feed) -> None:
    shrunk.load()
    Customer.objects.filter(customer_no="C1").update(city="Brno")
    assert run(shrunk, "--close-missing", "--yes") == [
        "Sequence 2 of core is loaded already: only what vanished was closed.",
        "1 rows known of holdings.csv are no longer in the feed; 1 were closed: H2",
    ]
    assert status() == ("CLOSED", "2026-11-23")
    assert Customer.objects.get(customer_no="C1").city == "Brno"
    closed = AuditEvent.objects.get(verb="crm.feed.missing_closed")
    load = FeedLoad.objects.get(sequence=2)
    assert closed.detail == {"customers.csv": 0, "holdings.csv": 1, "feed_load": load.pk}
    assert load.report["vanished"]["holdings.csv"]["closed"] == 1
    before = state()
    assert run(shrunk, "--close-missing", "--yes") == ["Sequence 2 of core is loaded already: nothing to do."]
    assert state() == before


def test_files_other_than_those_loaded_close_nothing(shrunk: Feed) -> None:
    shrunk.load()
    shrunk.write("holdings.csv", [HOLDING | {"balance": "7.00"}])
    shrunk.manifest(sequence=2)
    assert run(shrunk, "--close-missing", "--yes")[1].startswith("Its files are not those that were loaded")
    assert status() == ("ACTIVE", "None")


def test_a_row_refused_when_the_feed_was_loaded_is_not_taken_for_vanished_later(shrunk: Feed, tmp_path: Path) -> None:
    shrunk.append("holdings.csv", b"H2,C1,ROBOT,CZK,,2020-01-31\n")
    shrunk.manifest(sequence=2)
    shrunk.load()
    errors = tmp_path / "errors.csv"
    said = run(shrunk, "--close-missing", "--yes", "--errors", str(errors))
    assert said == ["Sequence 2 of core is loaded already: nothing to do."]
    assert status() == ("ACTIVE", "None")
    assert errors.read_text(encoding="utf-8").splitlines() == ["file,line,column,reason"]


def test_a_delta_closes_nothing_and_says_so(shrunk: Feed) -> None:
    shrunk.manifest(sequence=2, kind="DELTA")
    report = shrunk.load(close_missing=True)
    assert "A DELTA does not tell what vanished: nothing was closed." in report.remarks
    assert status() == ("ACTIVE", "None")


def test_who_died_is_listed_and_stays_among_the_dead(make_feed: Callable[..., Feed]) -> None:
    died = CUSTOMER | {"customer_no": "C2", "status": "DECEASED"}
    feed = make_feed(customers=[CUSTOMER, died, CUSTOMER | {"customer_no": "C3"}], parties=None)
    feed.manifest(sequence=1)
    feed.load()
    feed.write("customers.csv", [CUSTOMER])
    feed.manifest(sequence=2)
    vanished = feed.load(close_missing=True, yes=True).vanished["customers.csv"]
    assert (vanished.examples, vanished.closed) == (["C2", "C3"], 1)
    assert dict(Customer.objects.values_list("customer_no", "status")) == {
        "C1": "ACTIVE",
        "C2": "DECEASED",
        "C3": "CLOSED",
    }
