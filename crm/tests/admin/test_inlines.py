"""Rows of another model on a change form: each field has its label, each column its head, as table and as cards."""

from html.parser import HTMLParser

import pytest
from django.contrib import admin
from django.contrib.messages.storage.fallback import FallbackStorage
from django.test import RequestFactory

from crm.models import Customer, Task
from crm.tests.factories import CustomerFactory, TaskFactory
from finpulse.kernel.admin import ScopedInline, ScopedModelAdmin

TITLE = "<b>Ask</b> about the loan"


class TasksInline(ScopedInline):
    """Tasks, to be edited beside their customer."""

    model = Task
    fields = ("title", "due_on", "state")
    extra = 1
    can_delete = True
    show_change_link = True


class TaskCards(TasksInline):
    """The same below each other."""

    template = "admin/edit_inline/stacked.html"


class Fields(HTMLParser):
    """Collects fields and labels of a page."""

    def __init__(self, page):
        super().__init__()
        self.fields, self.labels, self.heads, self.scopes, self.handlers = [], set(), 0, 0, []
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        facts = dict(attrs)
        if tag in ("input", "select", "textarea") and facts.get("type") not in ("hidden", "submit", "radio"):
            self.fields.append(facts.get("id") or "")
        if tag == "label":
            self.labels.add(facts.get("for"))
        if tag == "th":
            self.heads += 1
            self.scopes += "scope" in facts
        self.handlers += [name for name in facts if name.startswith("on") or name == "style"]


@pytest.mark.parametrize("inline", [TasksInline, TaskCards])
def test_every_field_is_labelled_and_hostile_words_are_words(people, inline):
    customer = CustomerFactory(manager=people.alice)
    for _ in range(2):
        TaskFactory(customer=customer, assignee=people.alice, created_by=people.alice, title=TITLE)
    page = shown(people.alice, customer, inline)
    found = Fields(page)
    inlined = {key for key in found.fields if "tasks-" in key}
    assert len(inlined) >= 9
    assert inlined - found.labels == set()
    assert found.heads == found.scopes
    assert found.handlers == []
    assert TITLE not in page
    assert "&lt;b&gt;Ask&lt;/b&gt;" in page


def shown(user, customer, inline):
    class Page(ScopedModelAdmin):
        """A change form with rows of another model."""

        fields = ("city",)
        inlines = (inline,)

    request = RequestFactory().get("/admin/crm/customer/1/change/")
    request.user, request.session = user, {}
    request._messages = FallbackStorage(request)
    return Page(Customer, admin.site).changeform_view(request, str(customer.pk)).render().content.decode()
