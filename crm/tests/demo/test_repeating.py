"""The same plan gives the same bank; a second seed takes the first one's place and nobody else's."""

from datetime import timedelta

import pytest
from django.db.models import Count

from crm.demo.plan import DemoPlan
from crm.models import Customer, CustomerUserObjectPermission, Holding, HoldingParty, Interaction, Task
from crm.services import customer_grant, interaction_log
from crm.services.demo import DemoBankSeedRefused, demo_bank_seed
from crm.tests.demo.conftest import TODAY
from crm.tests.demo.snapshot import snapshot
from crm.tests.factories import CustomerFactory, HoldingFactory, InteractionFactory, PartyFactory, TaskFactory
from finpulse.audit.models import AuditEvent
from finpulse.identity.models import User
from finpulse.kernel.errors import InputError
from notifications.models import DeliveryAttempt, Message


def test_seeding_again_gives_the_same_rows(seed):
    first = seed()
    rows = snapshot()
    second = seed()
    assert snapshot() == rows
    assert (first.made, second.removed) == (second.made, 150)


def test_another_seed_or_day_gives_other_rows(seed):
    seed()
    rows = snapshot()
    seed(seed=2)
    other = snapshot()
    assert [each["family_name"] for each in other["customers"]] != [each["family_name"] for each in rows["customers"]]
    seed(today=TODAY + timedelta(days=1))
    assert snapshot()["holdings"] != rows["holdings"]


def test_customers_are_the_same_whatever_the_size_of_the_bank(seed):
    seed(60)
    small = {each["customer_no"]: each["search_text"] for each in snapshot()["customers"]}
    seed(150)
    large = {each["customer_no"]: each["search_text"] for each in snapshot()["customers"]}
    assert large.items() >= small.items()


def test_a_second_seed_leaves_rows_of_others_alone(seed):
    seed()
    foreign = CustomerFactory()
    holding = HoldingFactory(customer=foreign)
    alice = User.objects.get(username="alice")
    interaction = InteractionFactory(customer=foreign, author=alice)
    task = TaskFactory(customer=foreign, assignee=alice, created_by=alice)
    shared = PartyFactory(holding=holding, customer=Customer.objects.get(customer_no="DC000001"), role="JOINT")
    before = [_facts(row) for row in (foreign, holding, interaction, task)]
    seed()
    assert [_facts(type(row).objects.get(pk=row.pk)) for row in (foreign, holding, interaction, task)] == before
    assert HoldingParty.objects.filter(holding=holding).exclude(pk=shared.pk).count() == 1
    assert not HoldingParty.objects.filter(pk=shared.pk).exists()


def test_a_second_seed_takes_away_what_people_added_to_demo_customers(seed):
    seed()
    alice, grace = (User.objects.with_access().get(username=name) for name in ("alice", "grace"))
    eliska = Customer.objects.get(customer_no="DC000001")
    logged = interaction_log(
        customer_id=eliska.pk,
        channel="CALL",
        direction="INBOUND",
        occurred_at=_an_hour_ago(),
        summary="Rang.",
        actor=alice,
    )
    customer_grant(customer_id=eliska.pk, to_user=alice, actor=grace, reason="to look at it")
    message = Message.objects.create(
        key="k", kind="maturity", channel="IN_APP", scope_type="crm.customer", scope_id=eliska.pk, due_at=_an_hour_ago()
    )
    DeliveryAttempt.objects.create(message=message)
    kept = Message.objects.create(key="other", kind="maturity", channel="IN_APP", due_at=_an_hour_ago())
    seed()
    assert not Interaction.objects.filter(pk=logged.pk).exists()
    assert not CustomerUserObjectPermission.objects.exists()
    assert list(Message.objects.values_list("pk", flat=True)) == [kept.pk]
    assert not DeliveryAttempt.objects.exists()


def test_people_keep_their_password_and_are_not_made_twice(seed):
    seed()
    alice = User.objects.get(username="alice")
    alice.set_password("something of her own")
    alice.save()
    seed()
    assert User.objects.get(username="alice").check_password("something of her own")
    assert User.objects.filter(username="alice").count() == 1


def test_a_bank_that_is_there_can_be_kept(seed):
    seed(60)
    kept = seed(150, keep=True)
    assert (kept.made, Customer.objects.count()) == ({}, 60)


def test_a_seed_is_one_event_and_one_per_customer_whose_manager_it_sets(seed):
    seed()
    event = AuditEvent.objects.get(verb="crm.demo.seeded")
    managed = Customer.objects.exclude(manager=None)
    assert event.detail["customers"] == 150
    assert event.detail["holdings"] == Holding.objects.count()
    told = AuditEvent.objects.filter(verb="crm.customer.manager_set")
    assert dict(told.values_list("subject_id", "detail__manager")) == dict(managed.values_list("pk", "manager"))
    assert set(told.values_list("subject_type", flat=True)) == {"crm.customer"}


def test_new_rows_get_free_ids_after_a_seed(seed):
    seed()
    alice = User.objects.get(username="alice")
    customer = CustomerFactory()
    HoldingFactory(customer=customer)
    InteractionFactory(customer=customer, author=alice)
    TaskFactory(customer=customer, assignee=alice, created_by=alice)
    assert Customer.objects.count() == 151
    assert Task.objects.filter(customer=customer).exists()


def test_a_seed_is_refused_where_no_passwords_are_taken(db, settings):
    settings.PASSWORD_SIGN_IN = False
    with pytest.raises(DemoBankSeedRefused, match="local settings only"):
        demo_bank_seed(plan=DemoPlan(today=TODAY), actor=None)
    assert not User.objects.exists()


def test_a_seed_is_refused_where_its_numbers_are_taken_by_others(seed):
    foreign = CustomerFactory(customer_no="DC000007")
    with pytest.raises(DemoBankSeedRefused, match="DC… came from elsewhere"):
        seed()
    Customer.objects.filter(pk=foreign.pk).update(customer_no="X1")
    HoldingFactory(customer=foreign, holding_no="DH000001")
    with pytest.raises(DemoBankSeedRefused, match="DH… came from elsewhere"):
        seed()


def test_a_seed_is_refused_while_holdings_of_others_belong_to_its_customers(seed):
    seed(60)
    HoldingFactory(customer=Customer.objects.get(customer_no="DC000002"))
    with pytest.raises(DemoBankSeedRefused, match="belong to demo customers"):
        seed(60)
    assert Customer.objects.count() == 60


@pytest.mark.parametrize("name", ["customers", "managers", "interactions_per_customer", "seed"])
def test_a_negative_number_is_refused(db, name):
    with pytest.raises(InputError, match="cannot be negative"):
        demo_bank_seed(plan=DemoPlan(**{"today": TODAY, name: -1}), actor=None)


def test_as_many_interactions_as_asked_for(seed):
    seed(60, interactions_per_customer=2)
    assert list(Customer.objects.annotate(n=Count("interactions")).values_list("n", flat=True)) == [2] * 60
    seed(60, interactions_per_customer=0)
    assert not Interaction.objects.exists()


def _facts(row):
    return {name: value for name, value in vars(row).items() if not name.startswith("_")}


def _an_hour_ago():
    from django.utils import timezone

    return timezone.now() - timedelta(hours=1)
