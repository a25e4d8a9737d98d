"""What somebody may do and see, told to who answers for access, and to himself."""

import pytest

from crm.services import customer_grant
from finpulse.audit.models import AuditEvent
from finpulse.identity.models import User
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
