"""Who stands to whom and who belongs together: each end by its own scope, the restricted not even as a line."""

from __future__ import annotations

import pytest

from crm.models import Relationship
from tests.access.asking import said, signed_in
from tests.access.sight import HOME, NONE, sight
from tests.access.world import hidden_marks

ASK = ("alice", "bob", "charlie", "dana", "erin", "frank", "grace", "script")


def keys_told_of(world):
    """Give who is in scope or not restricted: of the others not even a line without a name is shown."""
    return keys_seen(world) | {row.pk for row in world.rows["crm.customer"].values() if not row.restricted}


def keys_seen(world):
    rows = world.rows["crm.customer"]
    return {row.pk for position, row in rows.items() if sight(world.username, position, "crm.customer") != NONE}


@pytest.mark.parametrize("username", ASK)
def test_household_and_group_hold_exactly_who_is_in_scope_and_count_others_but_the_restricted(
    username, world_of, findings
):
    world = world_of(username)
    seen, told_of = keys_seen(world), keys_told_of(world)
    for circle in ("household", "group"):
        url = f"/api/v1/customers/{world.home.pk}/{circle}/"
        answer = signed_in(world.user).get(url)
        findings.tally.count(url)
        body = answer.json()
        if {member["id"] for member in body["members"]} != seen or body["hidden"] != len(told_of - seen):
            findings.leak(f"{username}: GET {url}", "does not hold exactly the scope")
        for mark in hidden_marks(world):
            if mark.is_in(said(answer, url)):
                findings.leak(f"{username}: GET {url}", f"names {mark.word}")
    findings.check()


@pytest.mark.parametrize("username", ASK)
def test_relationships_are_those_with_an_end_in_scope_and_name_no_other(username, world_of, findings):
    world = world_of(username)
    check_rows_of_the_api(world, findings)
    check_nameless_lines(world, findings)
    findings.check()


def check_rows_of_the_api(world, findings):
    """Have each relationship with an end in scope, unless the other is restricted, and no key out of scope."""
    seen, told_of, url = keys_seen(world), keys_told_of(world), "/api/v1/relationships/?page_size=200"
    findings.tally.count(url)
    rows = signed_in(world.user).get(url).json()["results"]
    told = {(row["id"], row["customer"], row["related"]) for row in rows}
    every = ((row.pk, row.customer_id, row.related_id) for row in Relationship.objects.all())
    known = ((key, *ends) for key, *ends in every if seen.intersection(ends) and told_of.issuperset(ends))
    wanted = {(key, *(end if end in seen else None for end in ends)) for key, *ends in known}
    if told != wanted:
        findings.leak(f"{world.username}: GET {url}", f"tells {sorted(told - wanted)}, not {sorted(wanted - told)}")


def check_nameless_lines(world, findings):
    """Have a line without a name for each of the others but the restricted."""
    url, hidden = f"/admin/crm/customer/{world.home.pk}/relationships/", keys_told_of(world) - keys_seen(world)
    answer = signed_in(world.user).get(url)
    findings.tally.count(url)
    told = sum(bool({row.customer_id, row.related_id} & hidden) for row in Relationship.objects.of_customer(world.home))
    lines = said(answer, url).count('<span class="muted">not in your care</span>')
    if answer.status_code == 200 and lines != told:
        findings.leak(f"{world.username}: GET {url}", f"has {lines} lines without a name, not {told}")


def test_the_home_customer_stands_to_all_the_others(world_of):
    world = world_of("alice")
    others = set(world.rows["crm.customer"]) - {HOME["alice"]}
    assert Relationship.objects.filter(customer=world.home, kind="SPOUSE").count() == len(others)
