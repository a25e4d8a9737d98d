"""The list of holdings: what matures, and whose it is."""

from datetime import timedelta

import pytest
from django.utils import timezone

from crm.models import HoldingParty
from crm.selectors.my_day import due_and_maturing
from crm.tests.factories import HoldingFactory, PartyFactory

LIST = "/admin/crm/holding/"


@pytest.fixture
def alice(client, people):
    client.force_login(people.alice, backend="finpulse.identity.backends.RoleAndScopeBackend")
    return client


def maturing(customer, *days):
    today = timezone.localdate()
    return [HoldingFactory(customer=customer, matures_on=today + timedelta(days=left)) for left in days]


def test_what_my_day_counts_is_what_the_list_shows_soonest_first(alice, bank, people):
    _, late, soon, *_ = maturing(bank.own, 31, 30, 2, -1)
    maturing(bank.other_unit, 5)
    shown = alice.get(f"{LIST}?maturing=30").context["cl"].result_list
    assert [row.pk for row in shown] == [soon.pk, late.pk]
    assert due_and_maturing(people.alice, timezone.localdate())["maturing"] == 2


@pytest.mark.parametrize("value", ["", "31", "abc", "-1"])
def test_a_span_that_is_not_offered_narrows_nothing(alice, bank, value):
    maturing(bank.own, 2)
    everything = {row.pk for row in alice.get(LIST).context["cl"].result_list}
    shown = alice.get(f"{LIST}?maturing={value}")
    assert {row.pk for row in shown.context["cl"].result_list} == everything


def test_an_owner_out_of_scope_has_no_name_and_no_link(alice, bank):
    shared = HoldingFactory(customer=bank.other_unit)
    PartyFactory(holding=shared, customer=bank.own, role=HoldingParty.Role.JOINT)
    page = alice.get(LIST).content.decode()
    assert "not in your care" in page
    assert bank.own.name in page
    assert bank.other_unit.family_name not in page
    assert f"/customer/{bank.other_unit.pk}/" not in page


def test_who_only_looks_is_not_offered_to_log(client, bank, people):
    maturing(bank.own, 2)
    for user, offered in ((people.alice, True), (people.frank, False)):
        client.force_login(user, backend="finpulse.identity.backends.RoleAndScopeBackend")
        shown = client.get("/admin/").content.decode()
        assert f'/admin/crm/customer/{bank.own.pk}/"' in shown
        assert (f"/admin/crm/customer/{bank.own.pk}/log/" in shown) is offered
