"""Who may see a customer is the same answer from the customer's side as from the user's."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group, Permission
from django.utils import timezone

from crm.models import Customer, CustomerGroupObjectPermission
from crm.selectors.seers import customer_seers, seers_by_reason
from crm.services import cover_name, customer_grant
from finpulse.identity.models import User
from finpulse.identity.services import cover_give
from tests.access.sight import SIGHT


def sees(user, customer):
    return user.has_perm("crm.view_customer") and Customer.objects.visible_to(user).filter(pk=customer.pk).exists()


def named(seers):
    """Who stands on the page by name."""
    people = [seers.manager, *(cover.coverer for cover in seers.covers), *seers.supervisors]
    return {user.pk for user in [*people, *(grant.user for grant in seers.grants)] if user is not None}


@pytest.mark.parametrize("username", [name for name in SIGHT if name != "anonymous"])
def test_the_selector_names_exactly_whom_visible_to_lets_see_in_every_position(username, world_of):
    world = world_of(username)
    User.objects.filter(username="granter").update(is_active=False)
    everybody = list(User.objects.with_access())
    for position, customer in world.rows["crm.customer"].items():
        expected = {user.username for user in everybody if sees(user, customer)}
        assert set(customer_seers(customer).values_list("username", flat=True)) == expected, position


def test_the_page_names_or_counts_all_whom_the_selector_gives(world_of):
    for customer in world_of("alice").rows["crm.customer"].values():
        seers = seers_by_reason(customer)
        by_role = set(User.objects.filter(groups__name__in=("compliance",)).values_list("pk", flat=True))
        if not customer.restricted:
            wide = ("administrator", "auditor")
            by_role |= set(User.objects.filter(groups__name__in=wide).values_list("pk", flat=True))
        for grant in seers.role_grants:
            members = User.objects.filter(groups=grant.group)
            by_role |= {user.pk for user in members if user.has_perm("crm.view_customer")}
        assert named(seers) | by_role == set(customer_seers(customer).values_list("pk", flat=True))


@pytest.fixture
def opened(bank, people):
    now = timezone.now()
    day = timedelta(days=1)
    cover_give(
        covered=people.alice,
        coverer=people.bob,
        starts_at=now - day,
        ends_at=now + day,
        actor=people.alice,
        reason="Away at the fair",
    )
    customer_grant(customer_id=bank.own.pk, to_user=people.charlie, actor=people.grace, reason="Knows leasing")
    CustomerGroupObjectPermission.objects.create(
        group=Group.objects.get(name="integration"),
        permission=Permission.objects.get(codename="view_customer"),
        content_object=bank.own,
        granted_by=people.grace,
        reason="The yearly export",
    )
    return bank


@pytest.mark.parametrize("username", ["dana", "erin", "frank", "grace"])
def test_who_answers_for_access_sees_all_reasons(username, opened, people, client):
    client.force_login(getattr(people, username))
    page = client.get(f"/admin/crm/customer/{opened.own.pk}/who-sees/").content.decode()
    for words in ("Alice North", "Away at the fair", "Knows leasing", "Dana", "The yearly export", "Compliance"):
        assert words in page


@pytest.mark.parametrize(
    ("username", "why"),
    [("alice", "You are the manager in charge"), ("bob", "You cover Alice North"), ("charlie", "Opened to you by")],
)
def test_everybody_else_sees_his_own_reason_only(username, why, opened, people, client):
    client.force_login(getattr(people, username))
    page = client.get(f"/admin/crm/customer/{opened.own.pk}/who-sees/").content.decode()
    assert why in page
    assert "ask your supervisor or compliance" in page
    assert "Supervisors of the unit" not in page
    assert ("Knows leasing" in page) is (username == "charlie")


def test_the_need_to_know_list_is_shown_to_compliance_alone(bank, people, client):
    customer_grant(customer_id=bank.restricted.pk, to_user=people.erin, actor=people.grace, reason="The lawsuit")
    customer_grant(customer_id=bank.restricted.pk, to_user=people.charlie, actor=people.grace, reason="The deal")
    now, day = timezone.now(), timedelta(days=1)
    given = {"covered": people.bob, "actor": people.bob, "starts_at": now - day, "ends_at": now + day, "scope": "SOME"}
    for coverer, reason in ((people.alice, "In hospital"), (people.dana, "Names nobody")):
        cover = cover_give(coverer=coverer, reason=reason, read_only=True, **given)
        if coverer == people.alice:
            cover_name(cover_id=cover.pk, customer_id=bank.restricted.pk, actor=people.bob)
    address = f"/admin/crm/customer/{bank.restricted.pk}/who-sees/"
    client.force_login(people.grace)
    page = client.get(address).content.decode()
    assert "Need to know" in page
    assert "Covers that name this customer" in page
    assert "In hospital" in page
    assert "Names nobody" not in page
    assert "The deal" in page
    client.force_login(people.erin)
    assert "The deal" not in client.get(address).content.decode()
    client.force_login(people.dana)
    assert client.get(address).status_code == 404


def test_the_page_costs_the_same_for_one_grant_and_for_thirty(bank, people, client, django_assert_max_num_queries):
    client.force_login(people.grace)
    address = f"/admin/crm/customer/{bank.own.pk}/who-sees/"
    client.get(address)
    for number in range(30):
        colleague = User.objects.create_user(f"specialist{number}")
        colleague.groups.add(Group.objects.get(name="customer_manager"))
        customer_grant(customer_id=bank.own.pk, to_user=colleague, actor=people.grace, reason="a test")
    with django_assert_max_num_queries(16):
        page = client.get(address).content.decode()
    assert "specialist29" in page
