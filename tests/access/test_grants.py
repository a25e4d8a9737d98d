"""A customer opened to somebody by name, from the console, and closed again."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from crm.models import Customer, CustomerUserObjectPermission
from crm.services import CustomerGrantRefused, customer_grant, customer_grant_end
from finpulse.audit.models import AuditEvent
from finpulse.identity.models import User
from finpulse.identity.services import user_set_roles
from tests.access.asking import signed_in

DAY = timedelta(days=1)


def typed(**facts):
    day = timezone.localdate() + 30 * DAY
    return {"person": "charlie", "how": "look", "until_on": day.isoformat(), "reason": "Knows leasing"} | facts


def address(customer, verb="bring-in"):
    return f"/admin/crm/customer/{customer.pk}/{verb}/"


def seen(user, question="visible_to"):
    return set(getattr(Customer.objects.all(), question)(User.objects.with_access().get(pk=user.pk)))


def test_a_supervisor_brings_a_specialist_in_until_the_end_of_a_day(bank, people):
    client, seers = signed_in(people.dana), address(bank.same_unit, "who-sees")
    assert "Bring somebody in" in client.get(seers).content.decode()
    assert client.post(address(bank.same_unit), typed(how="work")).status_code == 302
    assert bank.same_unit in seen(people.charlie, "editable_by")
    grant = CustomerUserObjectPermission.objects.filter(user=people.charlie).first()
    until = timezone.localtime(grant.until_at)
    assert (until.date(), until.hour, until.minute) == (timezone.localdate() + 31 * DAY, 0, 0)
    for words in ("Charlie", "Knows leasing", "Dana", "End now"):
        assert words in client.get(seers).content.decode()


def test_what_is_given_again_says_first_what_it_replaces_and_then_what_it_has_replaced(bank, people):
    client, of = signed_in(people.dana), address(bank.same_unit)
    client.post(of, typed())
    until = f"until {timezone.localdate() + 30 * DAY:%-d %b %Y}"
    asked = client.post(of, typed(how="work", reason="The lead now")).content.decode()
    assert f"Charlie South is brought in already, to look {until}, by Dana North: “Knows leasing”." in asked
    assert 'value="The lead now"' in asked
    assert bank.same_unit not in seen(people.charlie, "editable_by")
    mark = re.search(r'name="shown" value="([^"]+)"', asked)[1]
    done = client.post(of, typed(how="work", reason="The lead now", shown=mark), follow=True).content.decode()
    assert f"to work {until}. Before: to look {until}, by Dana" in done
    assert bank.same_unit in seen(people.charlie, "editable_by")
    assert (
        AuditEvent.objects.filter(verb="crm.customer.granted").order_by("pk").last().detail["before"]["editable"]
        is False
    )
    # The same once more replaces nothing; what stands by now is not what the form was shown.
    assert client.post(of, typed(how="work", reason="The lead now")).status_code == 302
    assert "The lead now" in client.post(of, typed(shown=mark)).content.decode()


def test_what_is_opened_by_name_is_ended_once_from_the_page_that_names_it(bank, people):
    client, seers = signed_in(people.dana), address(bank.same_unit, "who-sees")
    client.post(address(bank.same_unit), typed())
    for _ in range(2):
        assert client.post(address(bank.same_unit, "end-grant"), {"person": "charlie"}).status_code == 302
    assert bank.same_unit not in seen(people.charlie)
    assert AuditEvent.objects.filter(verb="crm.customer.grant_ended", actor=people.dana).count() == 1
    assert "End now" not in client.get(seers).content.decode()


def test_a_script_is_given_a_customer_as_people_are(bank, people):
    assert signed_in(people.dana).post(address(bank.same_unit), typed(person="script")).status_code == 302
    assert seen(people.script) == {bank.same_unit}


def test_compliance_keeps_the_need_to_know_list_and_a_supervisor_hears_of_none(bank, people):
    assert signed_in(people.grace).post(address(bank.restricted), typed(person="dana")).status_code == 302
    assert bank.restricted in seen(people.dana)
    client = signed_in(people.dana)
    assert "Only compliance opens" in client.get(address(bank.restricted)).content.decode()
    client.post(address(bank.restricted), typed())
    client.post(address(bank.restricted, "end-grant"), {"person": "dana"})
    assert bank.restricted not in seen(people.charlie)
    assert bank.restricted in seen(people.dana)


@pytest.mark.parametrize(
    ("facts", "says"),
    [
        ({"person": "dana"}, "Nobody opens a customer to himself"),
        ({"person": "heidi"}, "No colleague of this name"),
        ({"person": "frank", "how": "work"}, "roles let him look only"),
        ({"until_on": ""}, "This field is required"),
        ({"until_on": "2020-01-01"}, "This day has passed"),
        ({"until_on": "2099-01-01"}, "a year at most"),
        ({"reason": ""}, "This field is required"),
    ],
)
def test_what_may_not_be_opened_is_refused_in_words(facts, says, bank, people):
    answered = signed_in(people.dana).post(address(bank.same_unit), typed(**facts))
    assert says in answered.content.decode()
    assert not CustomerUserObjectPermission.objects.exists()


def test_a_supervisor_opens_no_customer_whom_he_only_covers_or_was_opened_to(bank, people):
    customer_grant(
        customer_id=bank.other_unit.pk, to_user=people.dana, actor=people.grace, reason="a test", editable=True
    )
    dana = User.objects.with_access().get(pk=people.dana.pk)
    with pytest.raises(CustomerGrantRefused, match="supervisor of the customer's unit"):
        customer_grant(customer_id=bank.other_unit.pk, to_user=people.alice, actor=dana, reason="a test")


def test_to_look_takes_back_what_was_to_work(bank, people):
    given = {"customer_id": bank.same_unit.pk, "to_user": people.charlie, "actor": people.dana, "reason": "a test"}
    customer_grant(**given, editable=True)
    customer_grant(**given)
    assert bank.same_unit in seen(people.charlie)
    assert bank.same_unit not in seen(people.charlie, "editable_by")


def test_a_grant_ends_with_the_role_that_it_needs_and_is_not_there_when_the_role_comes_back(bank, people):
    given = {"customer_id": bank.same_unit.pk, "to_user": people.charlie, "actor": people.dana, "reason": "a test"}
    customer_grant(**given, editable=True)
    for role in ("auditor", "customer_manager"):
        user_set_roles(user=people.charlie, names=[role], actor=None, reason="a test")
    assert bank.same_unit in seen(people.charlie)
    assert bank.same_unit not in seen(people.charlie, "editable_by")
    for role in ("product_administrator", "customer_manager"):
        user_set_roles(user=people.charlie, names=[role], actor=None, reason="a test")
    assert seen(people.charlie) == {bank.other_unit}
    event = AuditEvent.objects.filter(verb="crm.customer.grant_ended").latest("pk")
    assert (event.subject_id, event.detail) == (bank.same_unit.pk, {"to": people.charlie.pk, "cause": "roles"})


def test_a_grant_without_an_end_ends_within_a_year_and_an_ended_one_is_ended_once(bank, people):
    given = {"customer_id": bank.same_unit.pk, "actor": people.dana}
    customer_grant(**given, to_user=people.charlie, reason="a test")
    until_at = CustomerUserObjectPermission.objects.get().until_at
    assert timezone.now() + 365 * DAY < until_at <= timezone.now() + 366 * DAY
    assert customer_grant_end(**given, user_id=people.charlie.pk) is True
    assert customer_grant_end(**given, user_id=people.charlie.pk) is False
