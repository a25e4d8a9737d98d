"""The bank's tree comes in any order."""

from __future__ import annotations

from crm.tests.feed.feeds import Feed, counted
from finpulse.audit.models import AuditEvent
from finpulse.identity.models import Unit

HQ = {"unit_code": "HQ", "name": "Head office", "parent_code": "", "kind": "HEAD_OFFICE"}
REGION = {"unit_code": "R1", "name": "Region", "parent_code": "HQ", "kind": "REGION"}
BRANCH = {"unit_code": "B1", "name": "Branch one", "parent_code": "R1", "kind": "BRANCH"}


def path(code: str) -> list[str]:
    """Give the codes from the root down to a unit, as its path says."""
    codes = dict(Unit.objects.values_list("pk", "code"))
    return [codes[int(key)] for key in Unit.objects.get(code=code).path.strip("/").split("/")]


def test_children_may_come_before_their_parents(feed: Feed) -> None:
    feed.write("units.csv", [BRANCH, REGION, HQ])
    assert counted(feed.load(), "units.csv") == (3, 0, 0, 0)
    assert path("B1") == ["HQ", "R1", "B1"]


def test_a_unit_moves_with_all_below_it(feed: Feed) -> None:
    feed.write("units.csv", [BRANCH, REGION, HQ])
    feed.load()
    other = {"unit_code": "R2", "name": "Other region", "parent_code": "HQ", "kind": "REGION"}
    desk = {"unit_code": "D1", "name": "Desk", "parent_code": "B1", "kind": "DESK"}
    feed.write("units.csv", [desk, REGION | {"parent_code": "R2", "name": "Moved"}, other])
    events = AuditEvent.objects.count()
    assert counted(feed.load(dry_run=True), "units.csv") == (2, 1, 0, 0)
    assert counted(feed.load(), "units.csv") == (2, 1, 0, 0)
    assert path("D1") == ["HQ", "R2", "R1", "B1", "D1"]
    assert AuditEvent.objects.filter(pk__gt=events, verb="identity.unit.placed").count() >= 3


def test_a_unit_cannot_move_below_its_own_branch(feed: Feed) -> None:
    feed.write("units.csv", [BRANCH, REGION, HQ])
    feed.load()
    feed.write("units.csv", [HQ | {"parent_code": "B1"}])
    report = feed.load()
    assert [error.reason for error in report.errors] == ["Unit “B1” lies below this one."]
    assert path("B1") == ["HQ", "R1", "B1"]


def test_columns_that_the_file_has_not_stay(feed: Feed) -> None:
    feed.write("units.csv", [BRANCH, REGION, HQ])
    feed.load()
    feed.write("units.csv", [{"unit_code": "R1", "name": "Renamed"}])
    feed.load()
    assert path("R1") == ["HQ", "R1"]
    assert (Unit.objects.get(code="R1").name, Unit.objects.get(code="R1").kind) == ("Renamed", "REGION")
