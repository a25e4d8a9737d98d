"""What keeps strangers out even where no page asks for it today: by the registries, and asked of each part."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.conf import settings
from django.contrib import admin
from django.contrib.auth import load_backend
from django.core.exceptions import ValidationError
from django.db import models
from django.test import RequestFactory
from django.test.utils import isolate_apps
from django.utils import timezone

from crm import policies
from crm.models import Customer, Holding, Task
from finpulse.identity.models import User
from finpulse.identity.services import unit_place, user_set_roles
from finpulse.kernel.access import ScopedQuerySet
from finpulse.kernel.access.scope import is_scoped
from finpulse.kernel.admin import ScopedInline, ScopedModelAdmin
from finpulse.kernel.api.viewsets import ScopedViewSet
from finpulse.kernel.registries import api_routes
from tests.access.asking import signed_in


@pytest.fixture
def alice(world_of):
    return world_of("alice")


@pytest.fixture
def request_of_alice(alice):
    request = RequestFactory().get("/admin/")
    request.user = alice.user
    return request


def scoped_admins():
    return [page for model, page in admin.site._registry.items() if is_scoped(model)]


def test_every_page_and_resource_of_the_console_and_the_api_stands_on_the_kernel():
    for model, page in admin.site._registry.items():
        assert isinstance(page, ScopedModelAdmin), model
        assert all(issubclass(inline, ScopedInline) for inline in page.inlines), model
        assert page.actions is None, model
        assert page.view_on_site is False, model
    for name, resource in api_routes.items():
        rows = getattr(resource, "queryset", None)
        assert rows is None or issubclass(resource, ScopedViewSet), name


def test_a_page_asks_of_the_row_and_not_of_the_role_alone(alice, request_of_alice):
    for page in scoped_admins():
        rows = alice.rows.get(page.model._meta.label_lower, {})
        for position in ("same_unit", "restricted"):
            if position in rows:
                foreign = rows[position]
                assert not page.has_view_permission(request_of_alice, foreign), page
                assert not page.has_change_permission(request_of_alice, foreign), page
        assert page.has_view_permission(request_of_alice, rows["own"]), page
    looked_at = alice.rows["crm.customer"]["granted"]
    page = admin.site._registry[Customer]
    assert page.has_view_permission(request_of_alice, looked_at)
    assert not page.has_change_permission(request_of_alice, looked_at)


def test_no_page_deletes(request_of_alice, alice):
    for page in admin.site._registry.values():
        assert not page.has_delete_permission(request_of_alice)
        assert not page.get_actions(request_of_alice)


def test_a_form_offers_and_takes_the_scope_only_in_every_field_that_leads_to_scoped_rows(alice, request_of_alice):
    foreign, own = (alice.rows["crm.customer"][position] for position in ("restricted", "own"))
    fields = 0
    for page in admin.site._registry.values():
        for column in page.model._meta.get_fields():
            if isinstance(column, models.ForeignKey) and column.related_model is Customer:
                fields += 1
                field = page.formfield_for_foreignkey(column, request_of_alice)
                assert field.clean(own.pk) == own
                with pytest.raises(ValidationError):
                    field.clean(foreign.pk)
    assert fields


@isolate_apps()
def test_a_form_field_for_many_rows_takes_the_scope_only(alice, request_of_alice):
    class Probe(models.Model):
        customers = models.ManyToManyField(Customer, related_name="+")

        class Meta:
            app_label = "crm"

        def __str__(self):
            return str(self.pk)

    foreign, own = (alice.rows["crm.customer"][position] for position in ("restricted", "own"))
    page = ScopedModelAdmin(Probe, admin.site)
    field = page.formfield_for_manytomany(Probe._meta.get_field("customers"), request_of_alice)
    assert list(field.clean([own.pk])) == [own]
    with pytest.raises(ValidationError):
        field.clean([foreign.pk])


def test_an_inline_is_narrowed_by_itself_and_asks_the_role(alice, request_of_alice):
    class HoldingInline(ScopedInline):
        model = Holding
        fk_name = "customer"

    inline = HoldingInline(Customer, admin.site)
    shown = set(inline.get_queryset(request_of_alice).values_list("pk", flat=True))
    assert alice.rows["crm.holding"]["own"].pk in shown
    assert alice.rows["crm.holding"]["restricted"].pk not in shown
    assert inline.has_view_permission(request_of_alice)
    request_of_alice.user = User.objects.with_access().get(username="heidi")
    assert not inline.has_view_permission(request_of_alice)


def test_rows_that_say_nothing_of_their_scope_are_nobodys(alice):
    assert not ScopedQuerySet(Customer).visible_to(alice.user).exists()
    assert not ScopedQuerySet(Customer).editable_by(alice.user).exists()


def test_a_policy_refuses_a_foreign_row_whoever_calls_the_service(alice):
    foreign, looked_at, own = (alice.rows["crm.customer"][name] for name in ("restricted", "granted", "own"))
    for may in (policies.may_log_interaction, policies.may_add_task, policies.may_edit_customer):
        assert may(alice.user, own)
        assert not may(alice.user, foreign)
    assert not policies.may_edit_customer(alice.user, looked_at)
    assert not policies.may_complete_task(alice.user, Task.objects.get(pk=alice.rows["crm.task"]["restricted"].pk))


def test_who_is_deactivated_is_out_at_his_next_request_and_sees_nothing(alice):
    client = signed_in(alice.user)
    assert client.get("/api/v1/customers/").status_code == 200
    kept = User.objects.with_access().get(pk=alice.user.pk)
    assert kept.access.roles
    User.objects.filter(pk=alice.user.pk).update(is_active=False)
    assert client.get("/api/v1/customers/").status_code == 401
    assert client.get("/admin/crm/customer/").status_code == 302
    for path in settings.AUTHENTICATION_BACKENDS:
        assert load_backend(path).get_user(alice.user.pk) is None, path
    kept.is_active = False
    assert not Customer.objects.visible_to(kept).exists()
    assert not kept.has_perm("crm.view_customer")
    assert not kept.has_module_perms("crm")


def test_a_cover_counts_from_its_first_moment_to_before_its_last(alice):
    now = timezone.now()
    covers = alice.user.covers_given.order_by("pk")
    cover = covers.first()
    for starts_at, ends_at, runs in (
        (now - timedelta(hours=2), now - timedelta(seconds=1), False),
        (now - timedelta(hours=2), now + timedelta(hours=1), True),
        (now + timedelta(minutes=1), now + timedelta(hours=1), False),
    ):
        type(cover).objects.filter(pk=cover.pk).update(starts_at=starts_at, ends_at=ends_at)
        acting = User.objects.with_access().get(pk=alice.user.pk)
        assert (cover.pk in {one.cover_id for one in acting.access.covers}) is runs


def rows_of_arms(user):
    """What a page that is read arm by arm would show."""
    arms = Customer.objects.visible_to(user).arms
    return sorted(key for arm in arms for key in Customer.objects.filter(arm).values_list("pk", flat=True))


@pytest.mark.parametrize("username", ["alice", "dana", "erin", "script"])
def test_a_page_read_arm_by_arm_shows_the_scope_and_each_row_once(username, world_of):
    user = world_of(username).user
    assert rows_of_arms(user) == sorted(Customer.objects.visible_to(user).values_list("pk", flat=True))


def test_a_supervisor_of_many_units_sees_them_all_and_no_restricted_customer(world_of):
    world = world_of("dana")
    for number in range(15):
        unit_place(code=f"DESK{number}", name=f"Desk {number}", kind="DESK", parent=world.user.unit, actor=None)
    dana = User.objects.with_access().get(pk=world.user.pk)
    assert len(dana.access.unit_ids) > 15
    seen = set(Customer.objects.visible_to(dana))
    assert rows_of_arms(dana) == sorted(customer.pk for customer in seen)
    assert {world.rows["crm.customer"][position] for position in ("same_unit", "unit_below", "pool")} <= seen
    assert not {world.rows["crm.customer"][position] for position in ("restricted", "other_unit")} & seen


@pytest.mark.parametrize("looks_only", ["auditor", "compliance", "administrator"])
def test_no_role_lends_its_reach_to_the_verbs_of_another(bank, people, looks_only):
    user_set_roles(user=people.alice, names=("customer_manager", looks_only), actor=None, reason="a test")
    alice = User.objects.with_access().get(pk=people.alice.pk)
    assert set(Customer.objects.editable_by(alice)) == {bank.own}
    for customer, works in ((bank.own, True), (bank.other_unit, False)):
        assert alice.has_perm("crm.view_customer", customer)
        assert alice.has_perm("crm.change_customer", customer) is works
        for may in (policies.may_edit_customer, policies.may_log_interaction, policies.may_add_task):
            assert bool(may(alice, customer)) is works, (may, customer)
