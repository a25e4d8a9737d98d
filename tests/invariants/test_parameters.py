"""Every address of the API takes the parameters that its schema tells of, and no other."""

from __future__ import annotations

from functools import cache
from itertools import cycle

import pytest
from django.contrib.auth.models import Group, Permission
from django.test import Client
from drf_spectacular.generators import SchemaGenerator

from finpulse.audit.models import AuditEvent
from finpulse.identity.models import User
from tests.access.routes import ARGUMENT, all_routes

API = [route for route in all_routes() if route.path.startswith("api/")]
# What tells of the resources tells not of itself.
DESCRIBING = {"/api/v1/schema/": {"lang", "version"}, "/api/v1/docs/": {"lang", "version"}}


@pytest.fixture
def client(db):
    """Somebody whose role reads all there is: nothing is refused him for its sake."""
    reader, role = User.objects.create(username="reader"), Group.objects.create(name="reader")
    role.permissions.set(Permission.objects.filter(codename__startswith="view_"))
    reader.groups.add(role)
    client = Client()
    client.force_login(reader, backend="finpulse.identity.backends.RoleAndScopeBackend")
    return client


@cache
def known_by_path():
    """Give the parameters of each GET of the schema, by its path."""
    paths = SchemaGenerator().get_schema(public=True)["paths"]
    return DESCRIBING | {
        path: {parameter["name"] for parameter in ways["get"].get("parameters", ()) if parameter["in"] == "query"}
        for path, ways in paths.items()
        if "get" in ways
    }


def test_a_parameter_that_an_address_does_not_know_is_refused_and_the_known_are_told(client):
    events, asked, told = AuditEvent.objects.count(), set(), known_by_path()
    for route in API:
        path = "/" + ARGUMENT.sub("{id}", route.path)
        if path in told:
            asked.add(path)
            answer = client.get(f"{route.url(1)}?managr=1")
            assert (answer.status_code, answer.headers["Content-Type"]) == (400, "application/problem+json"), path
            sentence = f"There is no parameter managr here. Known are: {', '.join(sorted({*told[path], 'format'}))}."
            assert (answer.json()["detail"], answer.json()["errors"]) == (sentence, {"managr": [sentence]}), path
    assert asked == set(told)
    assert len(asked) > len(DESCRIBING)
    assert AuditEvent.objects.count() == events


def test_what_is_known_is_taken_once_and_with_a_value(client):
    wrong = cycle(["{0}=", "{0}=%20", "{0}=1&{0}=2"])
    for path, names in known_by_path().items():
        for name in names if "{" not in path else ():
            url = f"{path}?{next(wrong).format(name)}"
            answer = client.get(url)
            assert (answer.status_code, list(answer.json()["errors"])) == (400, [name]), url


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("customers/?ordering=-name", "ordering knows no -name. Known are: sort_name, customer_no."),
        ("customers/?page_size=0", "page_size is a whole number from 1 to 200."),
        ("customers/?page_size=201", "page_size is a whole number from 1 to 200."),
        ("customers/?page_size=ten", "page_size is a whole number from 1 to 200."),
        ("notifications/?unread=yes", "unread is true or false."),
        ("notifications/?late=maybe", "late is true or false."),
        ("feed-differences/?open=1", "open is true or false."),
        (
            "tasks/?cursor=x",
            "This cursor is none that this list gave in this order: take it from next or previous, whole.",
        ),
        ("customers/?format=csv", "format knows no csv. Known are: json."),
        ("tasks/?managr=1&cursor=x", "There is no parameter managr here."),
        ("customers/1/?manager=1", "There is no parameter manager here. Known are: format."),
    ],
)
def test_a_value_that_says_nothing_is_a_sentence(client, query, sentence):
    answer = client.get(f"/api/v1/{query}")
    assert answer.status_code == 400
    assert answer.json()["detail"].startswith(sentence)
