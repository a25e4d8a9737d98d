"""Who calls the API."""

import pytest
from rest_framework.test import APIClient


@pytest.fixture
def client_of(people):
    def signed_in(name):
        client = APIClient()
        client.force_login(getattr(people, name), backend="finpulse.identity.backends.RoleAndScopeBackend")
        return client

    return signed_in


@pytest.fixture
def alice(client_of):
    return client_of("alice")
