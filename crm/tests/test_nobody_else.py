"""Where nobody but the proposer may approve, the form, the answer to it and the proposal say who is to be appointed."""

import pytest

from finpulse.identity.models import Role, User
from finpulse.identity.services import user_set_roles
from finpulse.kernel.models import Proposal
from tests.access.asking import signed_in

LACKING = "Nobody else may approve this: "
SECOND = f"{LACKING}a second colleague of compliance has to be appointed."


def appoint(name, role, unit):
    user = User.objects.create_user(name, first_name=name.title(), unit=unit)
    user_set_roles(user=user, names=[role], actor=None, reason="a test")
    return user


def restrict(client, customer):
    """Give the form, and what is said to who has sent it."""
    page = f"/admin/crm/customer/{customer.pk}/restrict/"
    form = client.get(page).content.decode()
    answer = client.post(page, {"restricted": "1", "reason": "A public figure."}, follow=True).content.decode()
    return form, answer


def test_the_only_one_of_compliance_is_told_and_the_first_of_two_is_not(bank, people):
    client = signed_in(people.grace)
    form, answer = restrict(client, bank.own)
    page = f"/admin/kernel/proposal/{Proposal.objects.get().pk}/"
    assert f'<a href="{page}">Open the proposal</a>' in answer
    assert [SECOND in text for text in (form, answer, client.get(page).content.decode())] == [True] * 3
    appoint("greta", "compliance", people.grace.unit)
    texts = (*restrict(client, bank.pool), client.get(page).content.decode())
    assert [LACKING in text for text in texts] == [False] * 3


def test_the_forms_of_who_gives_access_say_it_where_his_own_role_alone_decides(people):
    client, role = signed_in(people.heidi), Role.objects.get(name="compliance")
    texts = {
        "token": client.get("/admin/identity/apitoken/propose/").content.decode(),
        "mapping": client.get("/admin/identity/claimmapping/propose/").content.decode(),
        "role": client.get(f"/admin/identity/role/{role.pk}/").content.decode(),
    }
    assert {name: LACKING in text for name, text in texts.items()} == {"token": True, "mapping": False, "role": True}
    appoint("hugo", "system_administrator", people.heidi.unit)
    assert LACKING not in client.get("/admin/identity/apitoken/propose/").content.decode()


def test_the_break_glass_account_is_nobody_to_count_on(people, settings):
    settings.BREAK_GLASS_USERNAME = "glass"
    appoint("glass", "system_administrator", people.heidi.unit)
    assert LACKING in signed_in(people.heidi).get("/admin/identity/apitoken/propose/").content.decode()


@pytest.mark.parametrize("appointed", [False, True])
def test_a_handover_into_a_unit_without_a_supervisor_says_so_once_it_is_proposed(appointed, bank, people):
    if appointed:
        appoint("sofia", "supervisor", people.charlie.unit)
    facts = {"_selected_action": [bank.own.pk], "confirmed": "yes", "to_manager": "charlie", "reason": "He moves."}
    client = signed_in(people.dana)
    answer = client.post("/admin/crm/customer/bulk/handover/", facts, follow=True).content.decode()
    page = f"/admin/kernel/proposal/{Proposal.objects.get().pk}/"
    assert f'<a href="{page}">Open the proposal</a>' in answer
    assert [LACKING in text for text in (answer, client.get(page).content.decode())] == [not appointed] * 2
