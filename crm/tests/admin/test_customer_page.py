"""The customer page and the verbs on it, as a browser without script uses them."""

import html
import re
from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from crm.models import Customer, HoldingParty, Interaction, Task
from crm.services import customer_edit
from crm.tests.factories import HoldingFactory, PartyFactory
from finpulse.audit.models import AuditEvent

FIELD = re.compile(r'<input type="(?:text|email|hidden)" name="([^"]+)"(?: value="([^"]*)")?')


@pytest.fixture
def alice(client, people):
    client.force_login(people.alice, backend="finpulse.identity.backends.RoleAndScopeBackend")
    return client


def page(customer):
    return f"/admin/crm/customer/{customer.pk}/"


def log_facts(**changes):
    facts = {
        "channel": "CALL",
        "direction": "INBOUND",
        "occurred_at": timezone.localtime().strftime("%Y-%m-%dT%H:%M"),
        "summary": "Wants to renew.",
        "next_step": "Send the offer",
        "next_step_on": (timezone.localdate() + timedelta(days=1)).isoformat(),
    }
    return facts | changes


def test_a_look_is_written_down_before_it_is_shown(alice, bank, people):
    assert alice.get(page(bank.own)).status_code == 200
    event = AuditEvent.objects.get(verb="crm.customer.viewed")
    assert (event.actor, event.subject_id, event.detail) == (
        people.alice,
        bank.own.pk,
        {"surface": "page", "by": {"reach": "OWN"}},
    )


def test_subtotals_are_the_sum_of_the_rows_and_the_unknown_says_so(alice, bank):
    HoldingFactory(customer=bank.own, balance=Decimal("250.50"))
    HoldingFactory(customer=bank.own, balance=None)
    body = alice.get(page(bank.own)).content.decode()
    assert "CZK 2,250.50" in body
    assert "1 not known" in body


def test_who_is_owner_and_joint_owner_of_one_holding_has_it_once(alice, bank):
    PartyFactory(holding=bank.holdings["own"], customer=bank.own, role=HoldingParty.Role.JOINT)
    assert "CZK 2,000.00" in alice.get(page(bank.own)).content.decode()


def test_of_a_party_out_of_scope_only_the_role_is_shown(alice, bank):
    body = alice.get(page(bank.own)).content.decode()
    assert "Joint owner" in body
    assert "not in your care" in body
    assert bank.other_unit.family_name not in body


def test_what_he_may_only_operate_is_masked_and_never_counted(alice, bank):
    theirs = HoldingFactory(customer=bank.other_unit, balance=Decimal(777777), iban="CZ6508000000192000145399")
    PartyFactory(holding=theirs, customer=bank.own, role=HoldingParty.Role.AUTHORISED)
    body = alice.get(page(bank.own)).content.decode()
    assert "777,777" not in body
    assert "CZ6508000000192000145399" not in body
    assert "5399" in body


def test_a_call_with_its_next_step_is_one_save(alice, bank, people):
    response = alice.post(f"{page(bank.own)}log/", log_facts(), follow=True)
    assert response.redirect_chain == [(page(bank.own), 302)]
    assert Interaction.objects.get().summary == "Wants to renew."
    assert Task.objects.get().assignee == people.alice
    body = response.content.decode()
    assert "Wants to renew." in body
    assert "Send the offer" in body


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"summary": ""}, "This field is required."),
        ({"summary": "4111111111111111"}, "full card number"),
        ({"next_step_on": ""}, "By when?"),
        ({"next_step": ""}, "What is to be done on that day?"),
        ({"next_step_on": "2020-01-01"}, "The day is past."),
        ({"occurred_at": "yesterday"}, "Enter a valid date/time."),
    ],
)
def test_a_log_with_an_error_says_what_to_do_and_keeps_what_was_typed(alice, bank, changes, sentence):
    response = alice.post(f"{page(bank.own)}log/", log_facts(**changes))
    assert response.status_code == 200
    assert sentence in response.content.decode()
    assert "Wants to renew." in response.content.decode() or "summary" in changes
    assert not Interaction.objects.exists()
    assert not Task.objects.exists()


def test_done_marks_the_task_and_goes_back(alice, bank):
    alice.post(f"{page(bank.own)}log/", log_facts())
    task = Task.objects.get()
    response = alice.post(f"/admin/crm/task/{task.pk}/done/", {"next": page(bank.own)})
    assert response.headers["Location"] == page(bank.own)
    task.refresh_from_db()
    assert task.state == "DONE"
    assert alice.get(f"/admin/crm/task/{task.pk}/done/").status_code == 405
    assert (
        alice.post(f"/admin/crm/task/{task.pk}/done/", {"next": "https://elsewhere.example/"}).headers["Location"]
        == "/admin/"
    )


def test_the_form_saves_contact_data_by_the_service_and_shows_its_refusal_at_the_field(alice, bank):
    url = f"{page(bank.own)}change/"
    facts = dict.fromkeys(("email", "phone", "language", "address", "city", "region", "postal_code", "occupation"), "")
    refused = alice.post(url, facts | {"phone": "12"})
    assert refused.status_code == 200
    assert "country&#x27;s code" in refused.content.decode()
    saved = alice.post(url, facts | {"phone": "+420602118204"})
    assert saved.headers["Location"] == page(bank.own)
    bank.own.refresh_from_db()
    assert bank.own.phone == "+420602118204"


def test_choosing_a_customer_offers_those_in_scope_only(alice, bank):
    body = alice.get("/admin/crm/interaction/log/?q=marker").content.decode()
    assert bank.own.family_name in body
    assert bank.same_unit.family_name not in body


def test_my_day_shows_what_is_due_and_what_matures(alice, bank):
    today = timezone.localdate()
    alice.post(f"{page(bank.own)}log/", log_facts(next_step="Due today", next_step_on=today.isoformat()))
    HoldingFactory(customer=bank.own, kind="TERM_DEPOSIT", name="Deposit A", matures_on=today + timedelta(days=3))
    HoldingFactory(customer=bank.same_unit, kind="TERM_DEPOSIT", name="Deposit B", matures_on=today + timedelta(days=3))
    body = alice.get("/admin/").content.decode()
    assert "Due today" in body
    assert "Deposit A" in body
    assert "in 3 days" in body
    assert "Deposit B" not in body


def test_contact_data_leads_back_to_its_customer_without_a_change(alice, bank):
    shown = alice.get(f"/admin/crm/customer/{bank.own.pk}/change/").content.decode()
    assert f'href="/admin/crm/customer/{bank.own.pk}/">Cancel</a>' in shown


def fields_of(response):
    """Give what a browser sends back of a form that nobody touched."""
    return {name: value or "" for name, value in FIELD.findall(response.content.decode())}


def contact(customer):
    return Customer.objects.values_list("city", "email", "phone", "occupation").get(pk=customer.pk)


def test_a_second_tab_writes_over_nothing_that_it_has_not_seen(alice, bank):
    url = f"/admin/crm/customer/{bank.own.pk}/change/"
    customer_edit(customer_id=bank.own.pk, changes={"city": "Brno", "email": "a@example.com"}, actor=bank.own.manager)
    first, second, third = (fields_of(alice.get(url)) for _ in range(3))
    assert alice.post(url, first | {"city": "Olomouc", "email": ""}).status_code == 302
    assert alice.post(url, second | {"phone": "+420602118204"}).status_code == 302
    refused = alice.post(url, third | {"city": "Praha", "occupation": "Baker"})
    assert "it says “Olomouc” now, you wrote “Praha”" in html.unescape(refused.content.decode())
    assert contact(bank.own) == ("Olomouc", "", "+420602118204", "")
    again = fields_of(refused)
    assert (again["city"], again["initial-city"], again["occupation"]) == ("Praha", "Olomouc", "Baker")
    assert alice.post(url, again).status_code == 302
    assert contact(bank.own) == ("Praha", "", "+420602118204", "Baker")
