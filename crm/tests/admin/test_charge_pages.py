"""Assigning, capacity and handovers as the console offers them."""

from __future__ import annotations

import pytest

from crm.models import Capacity, Customer, Handover
from crm.services import capacity_set, handover_propose
from finpulse.identity.models import User
from finpulse.identity.services import user_set_roles
from finpulse.kernel.proposals.deciding import proposal_approve
from finpulse.kernel.proposals.models import Proposal
from tests.access.asking import signed_in

ASSIGN = "/admin/crm/customer/bulk/assign/"
CAPACITY = "/admin/crm/capacity/"


def fresh(user):
    return User.objects.with_access().select_related("unit").get(pk=user.pk)


def words(response):
    return response.content.decode()


@pytest.mark.parametrize(("username", "offered"), [("dana", True), ("erin", True), ("frank", False), ("grace", False)])
def test_the_page_of_an_unassigned_customer_offers_to_assign_him(username, offered, bank, people):
    page = words(signed_in(getattr(people, username)).get(f"/admin/crm/customer/{bank.pool.pk}/"))
    assert (f'action="{ASSIGN}"' in page) is offered


def test_what_is_assigned_is_asked_first_and_then_done(bank, people):
    client, marked = signed_in(people.dana), {"_selected_action": [bank.pool.pk, bank.own.pk]}
    asked = words(client.post(ASSIGN, marked))
    assert "Assign 1 customer" in asked
    assert "He has a manager: propose a handover." in asked
    wrong = words(client.post(ASSIGN, marked | {"confirmed": "yes", "to_manager": "nobody-here", "reason": "Theirs."}))
    assert "No colleague of this name may be chosen here. To another unit customers are handed over." in wrong
    assert Customer.objects.get(pk=bank.pool.pk).manager is None
    facts = marked | {"confirmed": "yes", "to_manager": "bob", "reason": "Theirs."}
    capacity_set(manager=fresh(people.bob), most=0, actor=fresh(people.dana))
    full = words(client.post(ASSIGN, facts))
    assert "have the capacity raised" in full
    assert 'value="Theirs."' in full
    capacity_set(manager=fresh(people.bob), most=None, actor=fresh(people.dana))
    done = words(client.post(ASSIGN, facts, follow=True))
    assert "1 assigned, 1 could not be changed." in done
    assert Customer.objects.get(pk=bank.pool.pk).manager == people.bob


def test_a_capacity_is_set_for_ones_own_people_and_a_wrong_number_is_said(people):
    client = signed_in(people.dana)
    assert "Bob North" in words(client.get(CAPACITY))
    assert "Charlie South" not in words(client.get(CAPACITY))
    for most, said in ((" 7", "may have 7 customers"), ("", "any number")):
        assert said in words(client.post(CAPACITY, {"manager": people.bob.pk, "most": most}, follow=True))
    wrong = client.post(f"{CAPACITY}?q=bob", {"manager": people.bob.pk, "most": "-1"})
    assert wrong.status_code == 400
    assert words(wrong).count("Write a whole number") == 2
    assert 'value="-1"' in words(wrong)
    assert client.post(CAPACITY, {"manager": people.charlie.pk, "most": "7"}).status_code == 404
    assert not Capacity.objects.exists()


def test_a_receiver_sees_how_many_are_to_come_and_names_nobody(bank, people):
    handover_propose(
        customer_ids=[bank.own.pk, bank.same_unit.pk],
        to_manager=fresh(people.charlie),
        actor=fresh(people.dana),
        reason="He knows the trade.",
    )
    page = f"/admin/crm/handover/{Handover.objects.get().pk}/"
    told = words(signed_in(people.charlie).get(page))
    assert "2 more whom you do not see" in told
    assert "marker" not in told
    assert "Ownmarker" in words(signed_in(people.dana).get(page))


def test_who_gives_customers_up_reads_what_becomes_of_it(bank, people):
    page, approvals = "/admin/crm/handover/{}/", "/admin/kernel/proposal/"
    propose = {"to_manager": fresh(people.charlie), "actor": fresh(people.dana), "reason": "He knows the trade."}
    handover_propose(customer_ids=[bank.own.pk, bank.same_unit.pk], **propose)
    handover_propose(customer_ids=[bank.same_unit.pk], **propose)
    both, bobs = Handover.objects.order_by("pk")
    alice = signed_in(people.alice)
    told = words(alice.get(page.format(both.pk)))
    assert "Ownmarker" in told
    assert "1 more whom you do not see" in told
    assert "Open the proposal" in told
    proposal = Proposal.objects.get(subject_id=both.pk)
    assert f'href="{approvals}{proposal.pk}/"' in words(alice.get(approvals))
    assert "You cannot approve it" in words(alice.get(f"{approvals}{proposal.pk}/"))
    assert alice.post(f"{approvals}{proposal.pk}/refuse/", {"reason": "No."}, follow=True).status_code == 200
    assert alice.get(page.format(bobs.pk)).status_code == 404
    sofia = User.objects.create_user("sofia", unit=people.charlie.unit)
    user_set_roles(user=sofia, names=["supervisor"], actor=None, reason="a test")
    proposal_approve(proposal_id=proposal.pk, actor=fresh(sofia))
    told = words(alice.get(page.format(both.pk)))
    assert "Approved by sofia" in told
    assert "Ownmarker" not in told


def test_a_second_handover_of_the_same_customer_and_a_full_receiver_are_said_before_it_is_proposed(bank, people):
    url, both = "/admin/crm/customer/bulk/handover/", {"_selected_action": [bank.own.pk, bank.same_unit.pk]}
    client = signed_in(people.dana)
    handover_propose(
        customer_ids=[bank.own.pk], to_manager=fresh(people.charlie), actor=fresh(people.dana), reason="He moves."
    )
    hint = f"In another handover that waits already: {bank.own.name}. Whichever is done first makes the other lapse."
    assert hint in words(client.post(url, both))
    facts = both | {"confirmed": "yes", "to_manager": "bob", "reason": "She is nearer."}
    Capacity.objects.create(manager=people.bob, most=1, set_by=people.dana)
    full = words(client.post(url, facts))
    assert "Choose another manager, or have the capacity raised." in full
    assert 'value="She is nearer."' in full
    Capacity.objects.all().delete()
    client.post(url, facts)
    second = Proposal.objects.order_by("pk").last()
    page = words(client.get(f"/admin/kernel/proposal/{second.pk}/"))
    assert "In another handover that waits" in page
    assert "Whichever is done first" in page
