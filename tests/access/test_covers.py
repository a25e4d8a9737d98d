"""A cover as people give it, end it and feel its end."""

import json
from datetime import timedelta

import pytest
from django.utils import timezone

from crm.models import Customer, Interaction
from finpulse.audit.models import AuditEvent
from finpulse.identity.models import Cover, User
from finpulse.identity.services import CoverEndRefused, CoverGiveRefused, cover_end, cover_give
from tests.access.asking import signed_in

LIST = "/admin/identity/cover/"
DAY = timedelta(days=1)


def give(people, **facts):
    now = timezone.now()
    given = {"covered": people.bob, "coverer": people.alice, "actor": people.bob, "reason": "Holiday"}
    return cover_give(**(given | {"starts_at": now - DAY, "ends_at": now + DAY} | facts))


def typed(days_from=0, days_until=7, **facts):
    now = timezone.localtime()
    moments = {"starts_at": now + days_from * DAY, "ends_at": now + days_until * DAY}
    texts = {name: moment.strftime("%Y-%m-%dT%H:%M") for name, moment in moments.items()}
    return {"covered": "bob", "coverer": "alice", "reason": "Holiday"} | texts | facts


def test_the_covered_manager_gives_a_cover_from_the_console_in_the_banks_zone(bank, people):
    answered = signed_in(people.bob).post(f"{LIST}give/", typed(starts_at="2026-11-01T09:00", read_only="on"))
    assert answered.status_code == 302
    cover = Cover.objects.get()
    assert (cover.covered, cover.coverer, cover.given_by, cover.read_only) == (
        people.bob,
        people.alice,
        people.bob,
        True,
    )
    assert cover.starts_at.isoformat() == "2026-11-01T08:00:00+00:00"
    assert signed_in(people.alice).get(f"/admin/crm/customer/{bank.same_unit.pk}/").status_code == 200


@pytest.mark.parametrize(
    ("username", "facts", "says"),
    [
        ("alice", {}, "Nobody gives a cover to himself"),
        ("charlie", {}, "or a supervisor of his unit may give this cover"),
        ("bob", {"coverer": "charlie"}, "across units a supervisor gives the cover"),
        ("bob", {"coverer": "heidi"}, "No colleague of this user name"),
        ("bob", {"days_until": -1}, "This moment has passed"),
        ("bob", {"days_from": 9}, "A cover ends after it starts"),
        ("bob", {"reason": ""}, "This field is required"),
    ],
)
def test_a_cover_that_may_not_be_given_is_refused_in_words(username, facts, says, people):
    answered = signed_in(getattr(people, username)).post(f"{LIST}give/", typed(**facts))
    assert says in answered.content.decode()
    assert not Cover.objects.exists()


def test_a_supervisor_gives_and_ends_a_cover_of_his_units_people(people):
    assert signed_in(people.dana).post(f"{LIST}give/", typed()).status_code == 302
    cover = Cover.objects.get()
    assert signed_in(people.dana).post(f"{LIST}{cover.pk}/end/").status_code == 302
    cover.refresh_from_db()
    assert cover.ends_at <= timezone.now()
    assert AuditEvent.objects.filter(verb="identity.cover.ended", actor=people.dana, subject_id=cover.pk).exists()


def test_a_cover_that_has_not_begun_is_called_off_and_the_trail_keeps_it(people):
    now = timezone.now()
    cover = give(people, starts_at=now + DAY, ends_at=now + 2 * DAY)
    cover_end(cover_id=cover.pk, actor=people.bob)
    assert not Cover.objects.exists()
    event = AuditEvent.objects.get(verb="identity.cover.called_off")
    assert (event.detail["covered"], event.detail["coverer"]) == (people.bob.pk, people.alice.pk)
    with pytest.raises(CoverEndRefused, match="called off already"):
        cover_end(cover_id=cover.pk, actor=people.bob)


def test_neither_the_coverer_nor_a_stranger_ends_a_cover_and_nobody_ends_it_twice(people):
    cover = give(people)
    for actor in (people.alice, people.charlie):
        with pytest.raises(CoverEndRefused, match="may end this cover"):
            cover_end(cover_id=cover.pk, actor=actor)
    cover_end(cover_id=cover.pk, actor=people.bob)
    with pytest.raises(CoverEndRefused, match="ended already"):
        cover_end(cover_id=cover.pk, actor=people.bob)


def test_a_cover_needs_its_reason(people):
    with pytest.raises(CoverGiveRefused, match="Say why"):
        give(people, reason=" ")


@pytest.mark.parametrize(
    ("username", "seen"),
    [("alice", True), ("bob", True), ("dana", True), ("frank", True), ("grace", True), ("charlie", False)],
)
def test_a_cover_is_listed_to_its_two_people_their_supervisor_and_who_audits(username, seen, people):
    cover = give(people)
    client = signed_in(getattr(people, username))
    assert ("Holiday" in client.get(LIST).content.decode()) is seen
    assert client.get(f"{LIST}{cover.pk}/end/").status_code == (405 if seen else 404)


def test_a_cover_is_not_passed_on(bank, people):
    give(people)
    give(people, covered=people.alice, coverer=people.charlie, actor=people.dana)
    charlie = User.objects.with_access().get(pk=people.charlie.pk)
    assert set(Customer.objects.visible_to(charlie)) == {bank.own, bank.other_unit}


def test_a_cover_that_is_ended_cuts_access_at_the_next_request_of_a_session_that_runs(bank, people):
    cover = give(people)
    client = signed_in(people.alice)
    addresses = [f"/admin/crm/customer/{bank.same_unit.pk}/", f"/api/v1/customers/{bank.same_unit.pk}/"]
    assert [client.get(address).status_code for address in addresses] == [200, 200]
    assert signed_in(people.bob).post(f"{LIST}{cover.pk}/end/").status_code == 302
    assert [client.get(address).status_code for address in addresses] == [404, 404]


def test_a_read_only_cover_refuses_every_change_but_logging(bank, people):
    give(people, read_only=True)
    client, key = signed_in(people.alice), bank.same_unit.pk
    log = {"customer": key, "channel": "CALL", "direction": "INBOUND", "summary": "Called for Bob."}
    log["occurred_at"] = timezone.now().isoformat()
    assert client.post("/api/v1/interactions/", json.dumps(log), content_type="application/json").status_code == 201
    assert Interaction.objects.get().author == people.alice
    changed = client.patch(f"/api/v1/customers/{key}/", json.dumps({"city": "Brno"}), content_type="application/json")
    assert changed.status_code == 403
    assert client.post(f"/admin/crm/customer/{key}/change/", {"city": "Brno"}).status_code == 403
    bank.same_unit.refresh_from_db()
    assert bank.same_unit.city != "Brno"
