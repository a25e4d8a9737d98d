"""In a process of one console's settings: its queries, and whose templates it renders. Prints JSON.

python -m bench.frame.rendering USERNAME URL …
"""

from __future__ import annotations

import json
import os
import sys
from http import HTTPStatus
from typing import Any

import django

BACKEND = "finpulse.identity.backends.RoleAndScopeBackend"
NOT_COUNTED = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE")


def main(username: str, urls: list[str]) -> None:
    """Ask for each page twice, the first time to warm up, and tell of the second."""
    django.setup()
    from django.test import Client
    from django.test.utils import setup_test_environment

    from finpulse.identity.models import User

    setup_test_environment()
    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(User.objects.get(username=username), backend=BACKEND)
    for url in urls:
        client.get(url)
    print(json.dumps({url: _told(client, url) for url in urls}))


def _told(client: Any, url: str) -> dict[str, Any]:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as caught:
        response = client.get(url)
    if response.status_code != HTTPStatus.OK:
        raise SystemExit(f"{url} answered {response.status_code}")
    queries = [query for query in caught.captured_queries if not query["sql"].startswith(NOT_COUNTED)]
    stock = os.path.dirname(django.__file__)
    files = {template.origin.name for template in response.templates if template.origin}
    return {"queries": len(queries), "templates": len(files), "ours": sum(not name.startswith(stock) for name in files)}


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
