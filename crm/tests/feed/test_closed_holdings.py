"""A holding that comes closed without a day: since when is known only of one that was open in an earlier feed."""

from __future__ import annotations

import pytest

from crm.models import Holding
from crm.tests.feed.feeds import HOLDING, Feed, counted

OPEN = HOLDING | {"status": "ACTIVE", "closed_on": ""}
CLOSED = OPEN | {"status": "CLOSED"}


def closed_on(number: str = "H1") -> str:
    """Give the day of a holding's closing."""
    return str(Holding.objects.get(holding_no=number).closed_on)


def of_day(feed: Feed, sequence: int, business_date: str, *rows: dict[str, str]) -> Feed:
    """Write the feed of a day."""
    feed.write("holdings.csv", [*rows, HOLDING | {"holding_no": "H2"}])
    feed.manifest(sequence=sequence, business_date=business_date)
    return feed


@pytest.fixture
def opened(feed: Feed) -> Feed:
    """A bank whose holdings are open."""
    of_day(feed, 1, "2026-11-20", OPEN).load()
    return feed


def test_one_that_was_open_is_closed_since_the_day_of_the_feed_and_stays_so(opened: Feed) -> None:
    report = of_day(opened, 2, "2026-11-21", CLOSED).load()
    assert counted(report, "holdings.csv") == (0, 1, 1, 0)
    assert (closed_on(), report.remarks) == ("2026-11-21", [])
    again = of_day(opened, 3, "2026-11-22", CLOSED).load()
    assert counted(again, "holdings.csv") == (0, 0, 2, 0)
    assert closed_on() == "2026-11-21"


def test_the_day_that_the_core_tells_later_takes_its_place(opened: Feed) -> None:
    of_day(opened, 2, "2026-11-21", CLOSED).load()
    of_day(opened, 3, "2026-11-22", CLOSED | {"closed_on": "2026-11-19"}).load()
    assert closed_on() == "2026-11-19"


def test_one_that_is_open_again_has_no_day(opened: Feed) -> None:
    of_day(opened, 2, "2026-11-21", CLOSED).load()
    of_day(opened, 3, "2026-11-22", OPEN).load()
    assert closed_on() == "None"


def test_one_that_was_closed_when_first_heard_of_has_none_and_is_counted(feed: Feed) -> None:
    said = "1 holdings are CLOSED without closed_on, and were so when first heard of: since when is not known."
    for sequence in (1, 2):
        report = of_day(feed, sequence, "2026-11-20", CLOSED).load()
        assert (closed_on(), report.remarks) == ("None", [said])


def test_an_empty_status_leaves_an_open_one_open(opened: Feed) -> None:
    report = of_day(opened, 2, "2026-11-21", OPEN | {"status": ""}).load()
    assert counted(report, "holdings.csv") == (0, 0, 2, 0)
    assert closed_on() == "None"


def test_a_dry_run_counts_the_same(opened: Feed) -> None:
    dry = of_day(opened, 2, "2026-11-21", CLOSED).load(dry_run=True)
    assert (dry.counts(), dry.remarks) == ((loaded := opened.load()).counts(), loaded.remarks)
