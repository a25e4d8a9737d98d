"""At 50,000 customers no page reads a large table whole, sorts a whole scope or looks at more rows than it must."""

from __future__ import annotations

import pytest
from django.test import Client

from crm.models import Customer
from finpulse.kernel.access.keys import CAP, count_of, keys_of
from tests.plans.conftest import HUB, READERS
from tests.plans.plan import plans_of

LIST, API = "/admin/crm/customer/", "/api/v1/"
# A manager has up to 1,300 customers with some 7,000 holdings; whoever sees more has 12,000 customers at least.
MOST_SORTED = 8_000
# A page counts to 10,000 and reads on from there; the whole bank is five times that.
MOST_LOOKED_AT = 40_000
LISTS = {
    "list": LIST,
    "last page": f"{LIST}?p=20",
    "Z to A": f"{LIST}?o=-1",
    "rare filter": f"{LIST}?kyc_status__exact=REFUSED",
    "three filters": f"{LIST}?kind__exact=PERSON&segment__exact=PRIVATE&status__exact=DECEASED",
    "filter of none": f"{LIST}?kind__exact=PERSON&segment__exact=CORPORATE",
    "the pool": f"{LIST}?manager=none",
    "holdings": "/admin/crm/holding/",
    "holdings maturing": "/admin/crm/holding/?maturing=30",
    "holdings, rare filter": "/admin/crm/holding/?kind__exact=INVESTMENT&status__exact=BLOCKED",
    "tasks": "/admin/crm/task/",
    "interactions": "/admin/crm/interaction/",
}
SEARCHES = ("novak", "jan novak", "Nováková", "no", "DC004711", "602118204", "jan.novak", "DH000101", "001234", "qxqz")
RESOURCES = ("customers/", "holdings/", "tasks/", "interactions/", "relationships/", "customers/?search=novak")
# Household and group are walked step by step, each step one query.
BUDGETS = {"list": 6, "resource": 3, "my day": 12, "page": 5, "relationships": 20}


@pytest.fixture(params=READERS)
def reader(request, large_bank):
    client = Client()
    client.force_login(large_bank[request.param], backend="finpulse.identity.backends.RoleAndScopeBackend")
    return client, large_bank[request.param]


def faults_of(client, url, kind):
    """Say what is wrong with a page's statements."""
    plans, queries = plans_of(client, url)
    if queries > BUDGETS[kind]:
        yield f"{url}: {queries} queries"
    for plan in plans:
        if plan.read_whole:
            yield f"{url} reads the whole of {', '.join(plan.read_whole)}: {plan.sql}"
        if plan.sorted_rows > MOST_SORTED:
            yield f"{url} sorts {plan.sorted_rows:,} rows: {plan.sql}"
        if plan.looked_at > MOST_LOOKED_AT:
            yield f"{url} looks at {plan.looked_at:,} rows: {plan.sql}"


def test_no_list_reads_or_sorts_more_than_it_counts(reader):
    client, _ = reader
    urls = [*LISTS.values(), *(f"{LIST}?q={text}" for text in SEARCHES)]
    assert [fault for url in urls for fault in faults_of(client, url, "list")] == []


def test_no_resource_reads_or_sorts_more_than_its_page_asks(reader):
    client, _ = reader
    assert [fault for path in RESOURCES for fault in faults_of(client, API + path, "resource")] == []


def test_my_day_and_a_customers_page_look_up_what_they_show(reader):
    client, user = reader
    (key,) = keys_of(Customer.objects.visible_to(user).order_by("sort_name", "pk"), 100, 101)
    faults = [*faults_of(client, "/admin/", "my day"), *faults_of(client, f"{LIST}{key}/", "page")]
    faults += faults_of(client, f"{API}customers/{key}/", "resource")
    assert faults == []


def test_who_belongs_with_whom_is_looked_up_step_by_step(reader):
    client, user = reader
    keys = keys_of(Customer.objects.visible_to(user).order_by("sort_name", "pk"), 100, 102)
    keys += Customer.objects.visible_to(user).filter(pk=HUB).values_list("pk", flat=True)
    urls = [f"{LIST}{key}/relationships/" for key in keys]
    urls += [f"{API}customers/{key}/{circle}/" for key in keys for circle in ("household", "group")]
    urls += [f"{API}relationships/?customer={key}" for key in keys]
    assert [fault for url in urls for fault in faults_of(client, url, "relationships")] == []


@pytest.mark.parametrize(
    ("username", "index"),
    [("alice", "crm_customer_book"), ("dana", "crm_customer_unit"), ("erin", "crm_customer_names")],
)
def test_each_scope_is_walked_by_its_own_index(large_bank, username, index):
    client = Client()
    client.force_login(large_bank[username], backend="finpulse.identity.backends.RoleAndScopeBackend")
    plans, _ = plans_of(client, LIST)
    of_customers = [plan for plan in plans if plan.sql.count('"sort_name"') and "LIMIT 50" in plan.sql]
    assert [index in plan.indexes for plan in of_customers] == [True]


@pytest.mark.parametrize("username", READERS)
def test_keys_walked_apart_are_those_of_the_whole_scope_in_order(large_bank, username):
    rows = Customer.objects.visible_to(large_bank[username]).order_by("sort_name", "pk")
    assert keys_of(rows, 900, 1000) == list(rows.values_list("pk", flat=True)[900:1000])
    assert count_of(rows, CAP + 1) == rows.order_by()[: CAP + 1].count()
