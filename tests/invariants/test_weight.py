"""What a page weighs as it is sent, with everything that an empty cache asks for besides."""

from __future__ import annotations

import gzip
import re
from collections import Counter
from urllib.parse import urljoin

import pytest
from django.conf import settings as configured
from django.core.management import call_command
from django.template.loader import render_to_string
from django.test import Client
from django.urls import reverse

from crm.tests.factories import CustomerFactory, HoldingFactory, InteractionFactory, TaskFactory
from finpulse.kernel.static_files import FOLDER, STYLES

# Bytes on the wire, a tenth above what was measured; files are the page and what it asks for.
BUDGETS = {
    "list": {"html": 9_900, "css": 16_700, "js": 28_000, "files": 14},
    "customer": {"html": 8_500, "css": 16_700, "js": 26_500, "files": 13},
    "my day": {"html": 7_500, "css": 16_700, "js": 26_500, "files": 13},
}
ROWS = 50
# Of the documentation's pages alone, and nine tenths of all there is to collect.
LEFT_OUT = ["drf_spectacular_sidecar", "rest_framework"]
LINKED = re.compile(r'(?:src|href)="(/static/[^"]+)"')
IMPORTED = re.compile(r'from "\./([^"]+)"')
ALONE = {"widgets.css"}
GZIP = b"\x1f\x8b"


@pytest.fixture
def delivered(settings, tmp_path):
    """Files collected, and served, as in production."""
    settings.STORAGES = configured.STORAGES | {
        "staticfiles": {"BACKEND": "finpulse.kernel.static_files.ConsoleStorage"}
    }
    settings.STATIC_ROOT = tmp_path
    call_command("collectstatic", "--no-input", "--verbosity=0", ignore_patterns=LEFT_OUT)


def test_a_page_with_all_it_asks_for_keeps_to_its_budget(delivered, people, capsys):
    client = Client(headers={"accept-encoding": "gzip, deflate, br"})
    client.force_login(people.alice, backend="finpulse.identity.backends.RoleAndScopeBackend")
    customer = busy_bank(people.alice)
    urls = {
        "list": reverse("admin:crm_customer_changelist"),
        "customer": reverse("admin:crm_customer_page", args=[customer.pk]),
        "my day": reverse("admin:index"),
    }
    weights = {name: weight(client, url) for name, url in urls.items()}
    with capsys.disabled():
        print("".join(f"\n  {name}: {dict(weighed)}" for name, weighed in weights.items()))
    over = {
        (name, what): (weighed[what], budget)
        for name, weighed in weights.items()
        for what, budget in BUDGETS[name].items()
        if weighed[what] > budget
    }
    assert over == {}


def test_a_file_that_a_page_names_is_kept_for_good_and_comes_compressed(delivered, people):
    client = Client(headers={"accept-encoding": "gzip"})
    page = client.get(reverse("admin:login"))
    files = LINKED.findall(text(page))
    assert files
    for url in files:
        answer = client.get(url)
        assert "immutable" in answer.headers["Cache-Control"], url
        assert answer.headers.get("Content-Encoding") == "gzip" or len(sent(answer)) < 400, url


def test_a_page_of_customers_is_kept_by_no_cache(delivered, people):
    client = Client(headers={"accept-encoding": "gzip"})
    client.force_login(people.alice, backend="finpulse.identity.backends.RoleAndScopeBackend")
    answer = client.get(reverse("admin:crm_customer_changelist"))
    assert "no-store" in answer.headers["Cache-Control"]


def test_two_answers_of_one_page_differ_in_length(delivered, people):
    client = Client(headers={"accept-encoding": "gzip"})
    lengths = {len(client.get(reverse("admin:login")).content) for _ in range(20)}
    assert len(lengths) > 1


def test_every_style_is_in_the_file_that_pages_load():
    folder = configured.STATICFILES_DIRS[0] / FOLDER
    assert {path.name for path in folder.glob("*.css")} - ALONE == {f"{name}.css" for name in STYLES}
    assert "console.css" in render_to_string("frame/styles.html")


def busy_bank(manager):
    """Give a customer with much to show, among as many as a page lists."""
    customers = [CustomerFactory(manager=manager, unit=manager.unit, city=f"City {number}") for number in range(ROWS)]
    for _ in range(5):
        HoldingFactory(customer=customers[0])
        InteractionFactory(customer=customers[0], author=manager)
        TaskFactory(customer=customers[0], assignee=manager, created_by=manager)
    return customers[0]


def weight(client, url):
    """Give the bytes by kind and the number of files, the page among them."""
    page = client.get(url)
    found = Counter({"html": len(page.content), "files": 1})
    asked = sorted(set(LINKED.findall(text(page))))
    for linked in asked:
        body = sent(client.get(linked))
        found[linked.rpartition(".")[2]] += len(body)
        found["files"] += 1
        if linked.endswith(".js"):
            imported = [urljoin(linked, name) for name in IMPORTED.findall(unpacked(body))]
            asked.extend(name for name in imported if name not in asked)
    return found


def text(page):
    """Give a page's words."""
    return unpacked(page.content)


def unpacked(body):
    """Give the words of a body, which is compressed where that made it shorter."""
    return (gzip.decompress(body) if body.startswith(GZIP) else body).decode()


def sent(answer):
    """Give the bytes of a file's answer."""
    assert answer.status_code == 200
    return b"".join(answer.streaming_content)
