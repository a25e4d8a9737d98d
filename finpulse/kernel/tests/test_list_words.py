"""Each list of the console is called by the bank's word, and says what one does there."""

import pytest
from django.contrib import admin
from django.urls import reverse

from finpulse.kernel.registries import navigation
from tests.access.asking import signed_in


def test_each_list_says_what_one_does_there():
    assert [model for model, page in admin.site._registry.items() if not page.list_purpose.endswith(".")] == []


@pytest.mark.parametrize("name", ["users", "audit", "queue", "notifications"])
def test_a_list_is_called_as_in_the_navigation(name, people):
    entry = navigation.get(name)
    page = signed_in(people.erin if name == "queue" else people.grace).get(reverse(entry.url_name)).content.decode()
    assert f"<title>{entry.label} · FinPulse</title>" in page
    assert f"<h1>{entry.label}</h1>" in page
