"""Who proposed something is told what became of it, once, and leads from there to the proposal."""

from datetime import timedelta

import pytest
from django.utils import timezone
from django.utils.formats import date_format

from crm.models import Customer
from crm.tests.factories import CustomerFactory
from finpulse.identity.models import ClaimKind, User
from finpulse.identity.services import claim_mapping_propose, user_set_roles
from finpulse.kernel.errors import DomainError
from finpulse.kernel.proposals import proposal_make
from finpulse.kernel.proposals.deciding import CHANGED, proposal_approve, proposal_refuse
from finpulse.kernel.proposals.making import proposal_withdraw
from notifications.models import Message
from notifications.selectors import worded
from notifications.services import alerts_scan, message_deliver
from tests.access.asking import signed_in

WHY_NOT = "He is no public figure."


def restrict(customer, actor, **facts):
    facts = {"payload": {"restricted": True}, "reason": "A public figure."} | facts
    return proposal_make(kind="crm.customer.restrict", subject_id=customer.pk, actor=actor, **facts)


def deliver():
    """Scan twice, deliver what is due twice; give how many messages the scans have queued."""
    queued = sum(alerts_scan(now=timezone.now()).queued for _ in range(2))
    for key in Message.objects.filter(kind="decision").values_list("pk", flat=True):
        message_deliver(message_id=key)
        message_deliver(message_id=key)
    return queued


def told(user):
    rows = Message.objects.filter(kind="decision").visible_to(user).unread().order_by("pk")
    return [(shown.notice.title, shown.notice.about, shown.notice.said, shown.path) for shown in worded(rows)]


def test_the_proposer_hears_of_each_decision_once_with_its_reason(bank, people, greta):
    day = timezone.localdate() + timedelta(days=3)
    refused, approved, lapsed, withdrawn = (
        restrict(customer, people.grace) for customer in (bank.own, bank.same_unit, bank.other_unit, bank.pool)
    )
    later = restrict(CustomerFactory(manager=people.alice), people.grace, effective_on=day)
    card = signed_in(greta).get("/admin/").content.decode()
    assert card.count('class="visually-hidden">: Restricted flag') == 5
    proposal_refuse(proposal_id=refused.pk, actor=greta, reason=WHY_NOT)
    for proposal in (approved, later):
        proposal_approve(proposal_id=proposal.pk, actor=greta)
    proposal_withdraw(proposal_id=withdrawn.pk, actor=people.grace)
    Customer.objects.filter(pk=bank.other_unit.pk).update(manager=people.bob)
    with pytest.raises(DomainError):
        proposal_approve(proposal_id=lapsed.pk, actor=greta)
    assert deliver() == 4
    assert "Waiting for your approval" not in signed_in(greta).get("/admin/").content.decode()
    heard = {path: (title, about, said) for title, about, said, path in told(people.grace)}
    assert heard == {
        f"/admin/kernel/proposal/{refused.pk}/": ("Your proposal was refused", f"Restricted flag: {bank.own}", WHY_NOT),
        f"/admin/kernel/proposal/{approved.pk}/": (
            "Your proposal was approved",
            f"Restricted flag: {bank.same_unit}",
            "",
        ),
        f"/admin/kernel/proposal/{later.pk}/": (
            f"Your proposal was approved; it is done on {date_format(day, 'j F Y')}",
            f"Restricted flag: {Customer.objects.get(pk=later.subject_id)}",
            "",
        ),
        f"/admin/kernel/proposal/{lapsed.pk}/": (
            "Your proposal has lapsed",
            f"Restricted flag: {bank.other_unit}",
            CHANGED,
        ),
    }
    assert not Message.objects.filter(kind="decision").visible_to(greta).exists()


def test_who_sees_it_no_longer_hears_nothing_and_reads_no_name(bank, people, greta):
    for customer in (bank.own, bank.pool):
        proposal_refuse(proposal_id=restrict(customer, people.grace).pk, actor=greta, reason=WHY_NOT)
        deliver()
        user_set_roles(user=people.grace, names=["auditor"], actor=None, reason="a test")
    former = User.objects.with_access().get(pk=people.grace.pk)
    assert not Message.objects.visible_to(former).exists()
    assert "not here any more" in worded(Message.objects.filter(kind="decision", recipient=former))[0].notice.title


def test_who_gives_access_reads_in_the_console_why_his_mapping_was_refused(people):
    facts = {"kind": ClaimKind.ROLE, "value": "desk-7", "role": "auditor", "unit": None}
    proposal = claim_mapping_propose(**facts, reason="They audit.", actor=people.heidi)
    proposal_refuse(proposal_id=proposal.pk, actor=people.grace, reason="They do not.")
    deliver()
    page = signed_in(people.heidi).get("/admin/notifications/message/").content.decode()
    assert f'href="/admin/kernel/proposal/{proposal.pk}/"' in page
    assert "“They do not.”" in page
