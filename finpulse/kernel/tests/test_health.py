"""What a probe is told while a dependency is away."""

import socket

import pytest
from django.db import connections

from finpulse.kernel.health import GREETINGS

NOBODY = "127.0.0.1:9"


def test_alive_asks_nobody(client):
    assert client.get("/healthz").content == b"ok\n"


@pytest.mark.django_db
def test_ready_names_each_dependency(client):
    answer = client.get("/readyz")
    assert answer.status_code == 200
    assert answer.json() == {"status": "ok", "dependencies": {"database": "ok", "cache": "ok", "broker": "ok"}}


@pytest.mark.django_db
def test_a_broker_or_cache_that_is_away_degrades(client, settings):
    settings.CELERY_BROKER_URL = f"amqp://{NOBODY}//"
    settings.CACHES = {
        "default": {**settings.CACHES["default"], "LOCATION": f"redis://{NOBODY}/1"},
    }
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()["status"]) == (200, "degraded")
    assert answer.json()["dependencies"] == {
        "database": "ok",
        "cache": "ConnectionError",
        "broker": "ConnectionRefusedError",
    }


@pytest.mark.django_db
@pytest.mark.parametrize("scheme", [*GREETINGS, "amqps"])
def test_a_broker_that_takes_connections_and_says_nothing_degrades(client, settings, scheme):
    with socket.create_server(("127.0.0.1", 0)) as silent:
        settings.CELERY_BROKER_URL = f"{scheme}://127.0.0.1:{silent.getsockname()[1]}//"
        answer = client.get("/readyz")
    assert (answer.status_code, answer.json()["status"]) == (200, "degraded")
    assert answer.json()["dependencies"]["broker"] == "TimeoutError"


@pytest.mark.django_db(transaction=True)
def test_a_database_that_is_away_is_503_and_alive_stays_200(client):
    connection = connections["default"]
    port = connection.settings_dict["PORT"]
    connection.close()
    connection.settings_dict["PORT"] = "9"
    try:
        answer = client.get("/readyz")
        assert (answer.status_code, answer.json()["status"]) == (503, "unavailable")
        assert client.get("/healthz").status_code == 200
    finally:
        connection.settings_dict["PORT"] = port
        connection.close()
