"""What FinPulse keeps of a customer itself."""

from datetime import timedelta

import pytest
from django.utils import timezone

from crm.models import Customer
from crm.services import CustomerEditRefused, CustomerGrantRefused, customer_edit, customer_grant
from finpulse.identity.models import User
from finpulse.kernel.errors import InputError


def fresh(user):
    return User.objects.with_access().get(pk=user.pk)


def test_an_edit_is_kept_found_again_and_marked_as_ours(bank, people):
    customer_edit(customer_id=bank.own.pk, changes={"phone": "+420602118204"}, actor=people.alice)
    edited = Customer.objects.get(pk=bank.own.pk)
    assert edited.phone == "+420602118204"
    assert edited.edited_here == ["phone"]
    assert "420602118204" in edited.search_text


@pytest.mark.parametrize(
    ("changes", "field"),
    [({"phone": "602 118 204"}, "phone"), ({"email": "nobody"}, "email"), ({"family_name": "Other"}, "family_name")],
)
def test_a_bad_or_foreign_value_is_refused_beside_its_field(bank, people, changes, field):
    with pytest.raises(InputError) as refusal:
        customer_edit(customer_id=bank.own.pk, changes=changes, actor=people.alice)
    assert refusal.value.field == field
    assert Customer.objects.get(pk=bank.own.pk).edited_here == []


def test_edit_refuses_a_reader(bank, people):
    with pytest.raises(CustomerEditRefused):
        customer_edit(customer_id=bank.own.pk, changes={"city": "Brno"}, actor=people.frank)


def test_a_grant_opens_one_customer_to_look_or_to_work(bank, people):
    give = {
        "customer_id": bank.same_unit.pk,
        "to_user": people.charlie,
        "actor": people.dana,
        "reason": "tax specialist",
    }
    customer_grant(**give)
    charlie = fresh(people.charlie)
    assert bank.same_unit in Customer.objects.visible_to(charlie)
    assert bank.other_unit in Customer.objects.visible_to(charlie)
    assert bank.same_unit not in Customer.objects.editable_by(charlie)
    customer_grant(**give, editable=True)
    assert bank.same_unit in Customer.objects.editable_by(fresh(people.charlie))
    assert fresh(people.charlie).has_perm("crm.change_customer", bank.same_unit)


def test_only_compliance_opens_a_restricted_customer(bank, people):
    give = {"customer_id": bank.restricted.pk, "to_user": people.dana, "reason": "deal team"}
    with pytest.raises(CustomerGrantRefused, match="compliance"):
        customer_grant(**give, actor=people.dana)
    customer_grant(**give, actor=people.grace)
    assert bank.restricted in Customer.objects.visible_to(fresh(people.dana))
    assert bank.restricted not in Customer.objects.visible_to(fresh(people.erin))


def test_a_grant_ends_and_nobody_gives_one_to_himself(bank, people):
    past = timezone.now() - timedelta(minutes=1)
    customer_grant(
        customer_id=bank.same_unit.pk, to_user=people.charlie, actor=people.dana, reason="over", until_at=past
    )
    assert bank.same_unit not in Customer.objects.visible_to(fresh(people.charlie))
    with pytest.raises(CustomerGrantRefused, match="himself"):
        customer_grant(customer_id=bank.restricted.pk, to_user=people.grace, actor=people.grace, reason="me")
