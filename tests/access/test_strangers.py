"""Another's customer does not exist: on every route that takes an id, for every method."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.contrib import admin
from django.core import serializers
from django.test import Client

from finpulse.kernel.access.scope import is_scoped
from finpulse.kernel.admin import ScopedModelAdmin
from finpulse.kernel.api.viewsets import ScopedViewSet
from finpulse.kernel.registries import api_routes
from tests.access.routes import routes_with_id
from tests.access.rows import ROWS

STRANGERS = {
    "alice": ("same_unit", "other_unit", "pool", "restricted"),
    "charlie": ("own", "same_unit", "pool", "restricted"),
    "dana": ("other_unit", "restricted"),
    "erin": ("restricted",),
    "frank": ("restricted",),
    "script": ("own", "restricted"),
    "heidi": ("own", "restricted"),
}
OWN = {"alice": "own", "charlie": "other_unit", "dana": "own", "erin": "own", "frank": "own"}
# Where an own row opens: read pages answer, verbs answer to POST alone.
OPENS = {"get": {200, 301, 302, 405}, "post": {200, 201, 302, 400, 403, 405}}

ABOUT_NO_CUSTOMER = {
    "audit.auditevent",
    "identity.unit",
    "identity.user",
    "kernel.queuedtask",
    "notifications.outboxentry",
    "products.product",
    "products.rate",
}


def signed_in(user):
    client = Client(raise_request_exception=False)
    client.force_login(user, backend="finpulse.identity.backends.RoleAndScopeBackend")
    return client


def scoped_routes():
    return [route for route in routes_with_id() if route.model in ROWS]


def checksum(row):
    return serializers.serialize("json", type(row)._default_manager.filter(pk=row.pk))


def send(client, method, url):
    if url.startswith("/api/") and method != "get":
        return getattr(client, method)(url, data="{}", content_type="application/json")
    return getattr(client, method)(url)


def test_every_scoped_model_is_in_the_matrix():
    scoped = {model._meta.label_lower for model in apps.get_models() if is_scoped(model)}
    assert scoped - {"crm.holdingparty"} == set(ROWS)


def test_every_route_that_takes_an_id_is_in_the_matrix_or_is_about_no_customer():
    scoped = {model._meta.label_lower for model in apps.get_models() if is_scoped(model)}
    elsewhere = {route.model or route.path for route in routes_with_id()} - set(ROWS)
    assert not scoped & elsewhere
    assert elsewhere <= ABOUT_NO_CUSTOMER


def test_every_page_and_resource_of_a_scoped_model_stands_on_the_kernel():
    for model, model_admin in admin.site._registry.items():
        assert not is_scoped(model) or isinstance(model_admin, ScopedModelAdmin), model
    for name, viewset in api_routes.items():
        rows = getattr(viewset, "queryset", None)
        assert rows is None or not is_scoped(rows.model) or issubclass(viewset, ScopedViewSet), name


@pytest.mark.parametrize("username", STRANGERS)
def test_a_row_out_of_scope_is_404_for_every_method(bank, people, username, capsys):
    user = getattr(people, username)
    client, cells, leaks = signed_in(user), 0, []
    for position in STRANGERS[username]:
        customer = getattr(bank, position)
        for route in scoped_routes():
            row = ROWS[route.model](customer, people.bob if route.model != "notifications.message" else user)
            for method in route.methods:
                cells += 1
                leaks += [
                    f"{method} {route.path} {position}: {leak}"
                    for leak in leaks_of(client, method, route, row, customer)
                ]
            if row is not customer:
                row.delete()
    with capsys.disabled():
        print(f"\n{username}: {len(scoped_routes())} routes, {cells} cells, {len(leaks)} leaks")
    assert leaks == []


def leaks_of(client, method, route, row, customer):
    """The oracle: 404, no word of the customer in body or headers, and the row as it was."""
    before = checksum(row)
    response = send(client, method, route.url(row.pk))
    if response.status_code in (403, 405):
        if not refused_alike(client, method, route):
            yield f"tells by {response.status_code}"
    elif response.status_code != 404:
        yield str(response.status_code)
    if customer.family_name in response.content.decode() + str(response.headers):
        yield "names the customer"
    if checksum(row) != before:
        yield "changed the row"


def refused_alike(client, method, route):
    """A role or method that is refused whatever the id says nothing of the row: an id that never was gets the same."""
    return send(client, method, route.url(987654321)).status_code in (403, 405)


@pytest.mark.parametrize("username", OWN)
def test_the_same_routes_open_for_an_own_row(bank, people, username):
    user = getattr(people, username)
    client, void = signed_in(user), []
    customer = getattr(bank, OWN[username])
    for route in scoped_routes():
        row = ROWS[route.model](customer, user)
        for method in ("get", "post"):
            status = send(client, method, route.url(row.pk)).status_code
            if status not in OPENS[method]:
                void.append(f"{method} {route.path}: {status}")
    assert void == []


@pytest.mark.parametrize("username", STRANGERS)
def test_lists_show_exactly_the_scope(bank, people, username):
    user = getattr(people, username)
    client = signed_in(user)
    for url in (
        "/admin/crm/customer/",
        "/admin/crm/customer/?q=marker",
        "/api/v1/customers/",
        "/api/v1/customers/?search=marker",
    ):
        body = client.get(url).content.decode()
        for position in STRANGERS[username]:
            assert getattr(bank, position).family_name not in body, (url, position)
        if username in OWN:
            assert getattr(bank, OWN[username]).family_name in body, url
