"""Columns of a list: each user's own, never one that is not offered to him."""

import pytest
from django.contrib import admin
from django.contrib.admin.utils import label_for_field
from django.contrib.auth.models import Group
from django.db import connection
from django.test.utils import CaptureQueriesContext

from crm.models import Customer
from crm.tests.factories import CustomerFactory, InteractionFactory, TaskFactory
from finpulse.kernel.models import ListColumns

LIST, COLUMNS = "/admin/crm/customer/", "/admin/crm/customer/columns/"
STANDARD = ["shown_name", "customer_no", "shown_segment", "shown_kyc", "manager", "unit", "city"]


@pytest.fixture
def alice(client, people):
    client.force_login(people.alice, backend="finpulse.identity.backends.RoleAndScopeBackend")
    return client


def shown(client, url=LIST):
    return [name for name in client.get(url).context["cl"].list_display if name != "action_checkbox"]


def test_a_user_picks_and_orders_his_own_columns_and_nobody_elses(alice, people, client):
    answer = alice.post(COLUMNS, {"column": ["shown_name", "phone", "city"], "list": "q=nov&o=3&p=2"})
    assert answer.headers["Location"] == f"{LIST}?q=nov"
    assert shown(alice) == ["shown_name", "phone", "city"]
    client.force_login(people.bob, backend="finpulse.identity.backends.RoleAndScopeBackend")
    assert shown(client) == STANDARD


def test_the_column_that_leads_on_stays_first(alice):
    alice.post(COLUMNS, {"column": ["city", "shown_name", "city"]})
    assert shown(alice) == ["shown_name", "city"]


def test_back_to_the_standard_leaves_no_row(alice):
    alice.post(COLUMNS, {"column": ["phone"]})
    alice.post(COLUMNS, {"column": ["phone"], "standard": "1"})
    assert shown(alice) == STANDARD
    assert not ListColumns.objects.exists()


def test_a_name_that_is_not_offered_is_neither_kept_nor_run(alice, people):
    names = ["national_id", "delete", "__class__", "manager__password", "restricted", "email"]
    alice.post(COLUMNS, {"column": names})
    assert ListColumns.objects.get().columns == ["shown_name", "email"]
    ListColumns.objects.update(columns=[*names, 7, None, ["city"]])
    assert shown(alice) == ["shown_name", "email"]
    for broken in ({}, "city", 5, []):
        ListColumns.objects.update(columns=broken)
        assert shown(alice) == STANDARD


def test_a_column_out_of_the_role_is_not_offered_nor_shown(alice, people):
    alice.post(COLUMNS, {"column": ["shown_name", "last_contact", "open_tasks"]})
    assert "last_contact" in shown(alice)
    for group in Group.objects.all():
        group.permissions.remove(*group.permissions.filter(codename="view_interaction"))
    assert shown(alice) == ["shown_name", "open_tasks"]
    assert "last_contact" not in alice.get(COLUMNS).content.decode()


def test_a_column_moves_a_place_without_script(alice):
    names = ["shown_name", "phone", "city", "email"]
    answer = alice.post(COLUMNS, {"column": names, "move": "email:up", "list": "q=a b"})
    assert answer.headers["Location"] == f"{COLUMNS}?list=q%3Da%2Bb"
    assert shown(alice) == ["shown_name", "phone", "email", "city"]
    alice.post(COLUMNS, {"column": names, "move": "phone:up"})
    assert shown(alice) == names
    alice.post(COLUMNS, {"column": names, "move": "email:down"})
    alice.post(COLUMNS, {"column": names, "move": "nonsense"})
    assert shown(alice) == names


def test_what_hangs_on_a_customer_is_asked_only_where_it_is_shown_and_in_the_same_query(alice, people):
    customer = CustomerFactory(manager=people.alice)
    InteractionFactory(customer=customer, author=people.alice)
    TaskFactory(customer=customer, assignee=people.alice, created_by=people.alice)
    alice.get(LIST)
    before = asked(alice)
    assert not any("crm_interaction" in sql for sql in before)
    alice.post(COLUMNS, {"column": ["last_contact", "open_tasks"]})
    after = asked(alice)
    assert len(after) == len(before)
    assert not any(sql.startswith('SELECT "crm_customer"') and "identity_unit" in sql for sql in after)
    body = alice.get(LIST).content.decode()
    assert "today" in body
    assert 'class="field-open_tasks">1</td>' in body


def asked(client):
    with CaptureQueriesContext(connection) as caught:
        client.get(LIST)
    return [query["sql"] for query in caught]


def test_every_offered_column_has_a_head_and_no_encrypted_one_is_offered():
    for model, page in admin.site._registry.items():
        for name in getattr(page, "list_offered", ()):
            assert label_for_field(name, model, page)
            assert name not in ("national_id", "tax_id", "iban", "holding_no")
    assert admin.site._registry[Customer].list_offered
