"""Who stands to whom and who belongs together: of all at once, each end by its own scope."""

from __future__ import annotations

import pytest

from crm.models import Relationship
from tests.access.asking import said, signed_in
from tests.access.sight import HOME, NONE, sight
from tests.access.world import hidden_marks

ASK = ("alice", "bob", "charlie", "dana", "erin", "frank", "grace", "script")


def keys_seen(world):
    rows = world.rows["crm.customer"]
    return {row.pk for position, row in rows.items() if sight(world.username, position, "crm.customer") != NONE}


@pytest.mark.parametrize("username", ASK)
def test_household_and_group_hold_exactly_who_is_in_scope_and_count_the_others(username, world_of, findings):
    world = world_of(username)
    seen, everybody = keys_seen(world), world.rows["crm.customer"]
    for circle in ("household", "group"):
        url = f"/api/v1/customers/{world.home.pk}/{circle}/"
        answer = signed_in(world.user).get(url)
        findings.tally.count(url)
        body = answer.json()
        if {member["id"] for member in body["members"]} != seen or body["hidden"] != len(everybody) - len(seen):
            findings.leak(f"{username}: GET {url}", "does not hold exactly the scope")
        for mark in hidden_marks(world):
            if mark.is_in(said(answer, url)):
                findings.leak(f"{username}: GET {url}", f"names {mark.word}")
    findings.check()


@pytest.mark.parametrize("username", ASK)
def test_relationships_are_those_with_an_end_in_scope_and_name_no_other(username, world_of, findings):
    world = world_of(username)
    seen, url = keys_seen(world), "/api/v1/relationships/?page_size=200"
    findings.tally.count(url)
    told = {row["id"]: row for row in signed_in(world.user).get(url).json()["results"]}
    wanted = {row.pk: row for row in Relationship.objects.all() if {row.customer_id, row.related_id} & seen}
    if set(told) != set(wanted):
        findings.leak(f"{username}: GET {url}", "does not list exactly what has an end in scope")
    for key, row in wanted.items():
        ends = {"customer": row.customer_id, "related": row.related_id}
        shown = {end: told.get(key, {}).get(end) for end in ends}
        if shown != {end: pk if pk in seen else None for end, pk in ends.items()}:
            findings.leak(f"{username}: GET {url}", f"tells {shown} of {ends}")
    findings.check()


def test_the_home_customer_stands_to_all_the_others(world_of):
    world = world_of("alice")
    others = set(world.rows["crm.customer"]) - {HOME["alice"]}
    assert Relationship.objects.filter(customer=world.home, kind="SPOUSE").count() == len(others)
