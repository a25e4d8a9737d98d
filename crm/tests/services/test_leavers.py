"""Who leaves has nothing here any more, and his customers are never left without somebody who sees them."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from crm.models import Assignment, Customer, CustomerUserObjectPermission
from crm.services import customer_grant, handover_propose
from crm.services.leavers import customers_of_leavers_let_go
from finpulse.audit.models import AuditEvent
from finpulse.identity.models import Cover, User
from finpulse.identity.services import (
    UserDeactivateRefused,
    UserReactivateRefused,
    cover_give,
    user_deactivate,
    user_reactivate,
    user_set_roles,
)
from finpulse.kernel.models import Proposal
from notifications.models import Message
from notifications.selectors import path_of
from notifications.services import alerts_scan, message_deliver

HOUR = timedelta(hours=1)


def fresh(user):
    return User.objects.with_access().select_related("unit").get(pk=user.pk)


def leave(user, people):
    return user_deactivate(user=user, actor=fresh(people.heidi), reason="He has retired.")


def manager_of(customer):
    return Customer.objects.get(pk=customer.pk).manager


def cover(people, hours=1):
    now = timezone.now()
    facts = {"starts_at": now, "ends_at": now + hours * HOUR, "actor": people.alice, "reason": "Away."}
    return cover_give(covered=people.alice, coverer=people.bob, **facts)


def test_his_customers_fall_to_the_pool_and_the_trail_says_from_whom(bank, people):
    leave(people.alice, people)
    assert manager_of(bank.own) is None
    assert fresh(people.dana).has_perm("crm.change_customer", bank.own)
    event = AuditEvent.objects.get(verb="crm.customer.fell_to_pool")
    assert (event.actor, event.detail["from"]) == (people.heidi, people.alice.pk)
    stints = Assignment.objects.filter(customer=bank.own).order_by("pk")
    assert [(row.manager, row.until_at is None) for row in stints] == [(people.alice, False), (None, True)]


def test_the_supervisor_of_the_unit_is_told_once_and_led_to_the_pool(bank, people, client):
    leave(people.alice, people)
    for _ in range(2):
        alerts_scan(now=timezone.now())
    message = Message.objects.get(kind="pool", channel=Message.Channel.IN_APP)
    message_deliver(message_id=message.pk)
    told = Message.objects.visible_to(fresh(people.dana)).in_app().filter(kind="pool")
    assert [row.pk for row in told] == [message.pk]
    pool = path_of(message)
    assert pool == f"/admin/crm/customer/?unit={bank.own.unit_id}&manager=none"
    client.force_login(people.dana, backend="finpulse.identity.backends.RoleAndScopeBackend")
    assert "Ownmarker" in client.get(pool).content.decode()
    assert not Message.objects.visible_to(fresh(people.bob)).filter(kind="pool").exists()


def test_a_cover_bridges_until_it_ends_and_a_restricted_customer_falls_at_once(bank, people):
    Customer.objects.filter(pk=bank.restricted.pk).update(manager=people.alice)
    running = cover(people)
    leave(people.alice, people)
    assert manager_of(bank.own) == people.alice
    assert fresh(people.bob).has_perm("crm.change_customer", bank.own)
    assert manager_of(bank.restricted) is None
    assert customers_of_leavers_let_go(now=timezone.now()) == 0
    Cover.objects.filter(pk=running.pk).update(starts_at=timezone.now() - 2 * HOUR, ends_at=timezone.now() - HOUR)
    assert customers_of_leavers_let_go(now=timezone.now()) == 1
    assert customers_of_leavers_let_go(now=timezone.now()) == 0
    assert manager_of(bank.own) is None


def test_a_cover_bridges_who_has_no_role_left_too(bank, people):
    cover(people)
    user_set_roles(user=people.alice, names=(), actor=None, reason="as the identity provider claims")
    assert fresh(people.bob).has_perm("crm.change_customer", bank.own)
    assert manager_of(bank.own) == people.alice


def test_his_covers_grants_tokens_and_proposals_end(bank, people):
    bobs = cover(people)
    customer_grant(customer_id=bank.other_unit.pk, to_user=people.bob, actor=people.grace, reason="A specialist.")
    leave(people.bob, people)
    bobs.refresh_from_db()
    assert bobs.ends_at <= timezone.now()
    assert CustomerUserObjectPermission.objects.get(user=people.bob).until_at <= timezone.now()
    assert AuditEvent.objects.get(verb="crm.customer.grant_ended").subject_id == bank.other_unit.pk
    handover_propose(
        customer_ids=[bank.own.pk], to_manager=fresh(people.charlie), actor=fresh(people.dana), reason="Too many."
    )
    leave(people.dana, people)
    assert Proposal.objects.get().state == "WITHDRAWN"


def test_whom_the_provider_gives_no_role_any_more_has_left_too(bank, people):
    user_set_roles(user=people.alice, names=[], actor=people.alice, reason="as the identity provider claims")
    assert manager_of(bank.own) is None


@pytest.mark.parametrize("actor", ["alice", "dana", "erin", "frank", "grace"])
def test_nobody_but_a_system_administrator_deactivates(actor, bank, people):
    with pytest.raises(UserDeactivateRefused, match="system administrator"):
        user_deactivate(user=people.bob, actor=fresh(getattr(people, actor)), reason="He has retired.")
    with pytest.raises(UserDeactivateRefused, match="his own"):
        leave(people.heidi, people)
    with pytest.raises(UserDeactivateRefused, match="Say why"):
        user_deactivate(user=people.bob, actor=fresh(people.heidi), reason=" ")
    assert User.objects.filter(is_active=False).count() == 0


def test_twice_is_once(bank, people):
    for _ in range(2):
        leave(people.alice, people)
    assert AuditEvent.objects.filter(verb="identity.user.deactivated").count() == 1


def test_who_comes_back_has_nothing_of_what_he_had(bank, people):
    cover(people)
    leave(people.bob, people)
    for _ in range(2):
        user_reactivate(user=people.bob, actor=fresh(people.heidi), reason="He was missed.")
    bob = fresh(people.bob)
    assert (bob.is_active, bob.is_staff, bob.access.roles, bob.access.covers) == (True, False, frozenset(), ())
    assert manager_of(bank.same_unit) is None


def test_his_page_says_what_became_of_him(bank, people, client):
    client.force_login(people.heidi, backend="finpulse.identity.backends.RoleAndScopeBackend")
    page = f"/admin/identity/user/{people.bob.pk}/"
    client.post(f"{page}deactivate/", {"reason": "He has retired."})
    shown = client.get(f"{page}change/").content.decode()
    assert "None in force. He was: Customer manager" in shown
    assert re.search(r"Deactivated on .* by Heidi Head", shown)
    assert "field__error" in client.post(f"{page}reactivate/", {"reason": " "}).content.decode()
    client.post(f"{page}reactivate/", {"reason": "He was missed."})
    client.post(f"{page}reactivate/", {"reason": "He was missed."})
    told = client.get(f"{page}history/").content.decode()
    assert [told.count(words) for words in ("User deactivated", "User reactivated", "Roles set")] == [1, 1, 1]
    assert "He has retired." in told
    client.force_login(people.dana, backend="finpulse.identity.backends.RoleAndScopeBackend")
    told = client.get(f"{page}history/").content.decode()
    assert ("User deactivated" in told, "He has retired." in told) == (True, False)


@pytest.mark.parametrize("actor", ["alice", "dana", "erin", "frank", "grace", "bob"])
def test_nobody_but_a_system_administrator_reactivates(actor, bank, people):
    leave(people.bob, people)
    with pytest.raises(UserReactivateRefused, match="system administrator"):
        user_reactivate(user=people.bob, actor=fresh(getattr(people, actor)), reason="He was missed.")
    with pytest.raises(UserReactivateRefused, match="Say why"):
        user_reactivate(user=people.bob, actor=fresh(people.heidi), reason=" ")
    assert not User.objects.get(pk=people.bob.pk).is_active
