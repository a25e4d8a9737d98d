"""What somebody may do and see, told to who answers for access, and to himself."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group, Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from crm.models import CustomerGroupObjectPermission
from crm.services import cover_name, customer_grant
from crm.tests.factories import CustomerFactory
from finpulse.audit.models import AuditEvent
from finpulse.identity.models import Cover, User
from finpulse.identity.tests.rows import make_token_of
from tests.access.asking import signed_in


def address(user):
    return f"/admin/identity/user/{user.pk}/access/"


def page(reader, of):
    return signed_in(reader).get(address(of))


@pytest.fixture
def opened(bank, people):
    """alice has been opened one customer of bob's and one of charlie's."""
    for customer, reason in ((bank.same_unit, "Knows leasing"), (bank.other_unit, "Knows the fair")):
        customer_grant(
            customer_id=customer.pk,
            to_user=people.alice,
            actor=people.grace,
            reason=reason,
            editable=customer.pk % 2 == 0,
        )
    return bank


@pytest.mark.parametrize(
    ("reader", "seen"),
    [
        ("alice", ("Sameunitmarker", "Otherunitmarker")),
        ("dana", ("Sameunitmarker",)),
        ("frank", ("Sameunitmarker", "Otherunitmarker")),
        ("grace", ("Sameunitmarker", "Otherunitmarker")),
        ("heidi", ()),
    ],
)
def test_the_page_says_what_and_by_which_role_and_names_whom_the_reader_sees(reader, seen, opened, people):
    told = page(getattr(people, reader), people.alice).content.decode()
    assert "Change customer" in told
    assert "Customer manager" in told
    assert "customers in his charge, those he covers" in told
    named = tuple(word for word in ("Sameunitmarker", "Otherunitmarker", "Restrictedmarker") if word in told)
    assert named == seen
    assert ("not for your role to see" in told) is (reader == "heidi")


@pytest.mark.parametrize(("reader", "named"), [("frank", "0 named"), ("grace", "1 named"), ("heidi", "some")])
def test_covers_roles_and_tokens_are_told_as_far_as_the_reader_sees(reader, named, bank, people):
    now, day = timezone.now(), timedelta(days=1)
    facts = {"starts_at": now - day, "ends_at": now + day, "scope": "SOME", "read_only": True, "given_by": people.dana}
    cover = Cover.objects.create(covered=people.bob, coverer=people.script, reason="In hospital", **facts)
    cover_name(cover_id=cover.pk, customer_id=bank.restricted.pk, actor=people.bob)
    for customer in (bank.other_unit, bank.restricted):
        CustomerGroupObjectPermission.objects.create(
            group=Group.objects.get(name="integration"),
            permission=Permission.objects.get(codename="view_customer"),
            content_object=customer,
            granted_by=people.grace,
            reason=f"The export of {customer.pk}",
        )
    make_token_of(people.script)
    told = page(getattr(people, reader), people.script).content.decode()
    seen = {"frank": {bank.other_unit}, "grace": {bank.other_unit, bank.restricted}, "heidi": set()}[reader]
    opened = (bank.other_unit, bank.restricted)
    assert {customer for customer in opened if f"The export of {customer.pk}<" in told} == seen
    assert f"look and log, {named}" in told
    assert "1 API token" in told
    assert "break-glass" not in told


def test_the_break_glass_account_is_told_as_such(people, settings):
    settings.BREAK_GLASS_USERNAME = "glass"
    assert "This is the break-glass account" in page(people.heidi, User.objects.create_user("glass")).content.decode()


def test_the_page_costs_the_same_for_one_colleague_and_for_hundreds(bank, people):
    client = signed_in(people.grace)
    client.get(address(people.charlie))

    def asked():
        with CaptureQueriesContext(connection) as caught:
            assert client.get(address(people.charlie)).status_code == 200
        return len(caught)

    before, now, day = asked(), timezone.now(), timedelta(days=1)
    others = User.objects.bulk_create(User(username=f"colleague{number}") for number in range(30))
    facts = {"starts_at": now - day, "ends_at": now + day, "reason": "Away", "given_by": people.dana}
    Cover.objects.bulk_create(Cover(covered=other, coverer=people.charlie, **facts) for other in others)
    customers = [CustomerFactory(manager=people.bob, unit=people.bob.unit) for _ in range(10)]
    for customer in customers:
        customer_grant(customer_id=customer.pk, to_user=people.charlie, actor=people.grace, reason="a test")
    assert asked() == before


def test_a_restricted_customer_who_is_opened_is_told_to_compliance_alone(bank, people):
    customer_grant(customer_id=bank.restricted.pk, to_user=people.charlie, actor=people.grace, reason="The deal")
    told = {reader: page(getattr(people, reader), people.charlie).content.decode() for reader in ("frank", "grace")}
    assert "The deal" not in told["frank"]
    assert "The deal" in told["grace"]


@pytest.mark.parametrize(
    ("reader", "of", "status"),
    [
        ("alice", "bob", 404),
        ("dana", "bob", 200),
        ("dana", "charlie", 404),
        ("erin", "bob", 404),
        ("script", "script", 200),
        ("heidi", "script", 200),
    ],
)
def test_it_opens_to_who_answers_for_the_colleague_and_to_himself(reader, of, status, people):
    assert page(getattr(people, reader), getattr(people, of)).status_code == status
    looked = AuditEvent.objects.filter(verb="identity.user.access_viewed", subject_id=getattr(people, of).pk)
    assert looked.exists() is (status == 200)


def test_a_supervisor_finds_his_units_people_in_the_list_and_no_others(people):
    listed = signed_in(people.dana).get("/admin/identity/user/").content.decode()
    assert "bob" in listed
    assert "charlie" not in listed
    assert signed_in(people.dana).get(f"/admin/identity/user/{people.charlie.pk}/change/").status_code == 404


def test_who_is_deactivated_may_do_and_see_nothing(people):
    User.objects.filter(pk=people.bob.pk).update(is_active=False)
    told = page(people.heidi, people.bob).content.decode()
    assert "deactivated: he may do and see nothing" in told
    assert "Change customer" not in told
