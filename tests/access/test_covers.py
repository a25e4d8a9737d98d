"""A cover as people give it, end it and feel its end."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from crm.models import Customer, Task
from crm.services import cover_name
from crm.tests.factories import TaskFactory
from finpulse.audit.models import AuditEvent
from finpulse.identity.models import Cover, User
from finpulse.identity.services import CoverEndRefused, CoverGiveRefused, cover_end, cover_give, user_deactivate
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
        ("charlie", {}, "For others a supervisor of their unit gives it"),
        ("bob", {"covered": "alice", "coverer": "bob"}, "Nobody gives a cover to himself"),
        ("bob", {"covered": "dana", "coverer": "alice"}, "or a supervisor of his unit may give this cover"),
        ("bob", {"coverer": "charlie"}, "Across units a supervisor gives the cover"),
        ("dana", {"covered": "charlie", "coverer": "alice"}, "For others a supervisor of their unit gives it"),
        ("dana", {"coverer": "heidi"}, "No colleague of this name"),
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


def test_who_ends_a_cover_twice_is_told_that_it_has_ended(people):
    cover = give(people)
    cover_end(cover_id=cover.pk, actor=people.bob)
    answer = signed_in(people.bob).post(f"{LIST}{cover.pk}/end/", follow=True)
    assert "This cover has ended already." in answer.content.decode()


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


@pytest.mark.parametrize("typed_name", ["Bob North (bob)", "north bob", "bob"])
def test_a_colleague_is_chosen_by_name(typed_name, people):
    assert signed_in(people.dana).post(f"{LIST}give/", typed(covered=typed_name)).status_code == 302
    assert Cover.objects.get().covered == people.bob


def test_of_several_of_one_name_the_form_asks_which(people):
    answered = signed_in(people.dana).post(f"{LIST}give/", typed(covered="north")).content.decode()
    assert "Several have this name" in answered
    assert "Bob North (bob)" in answered
    assert not Cover.objects.exists()


def test_names_are_offered_as_one_types_and_at_once_those_of_the_own_unit(people):
    assert "Bob North (bob)" in signed_in(people.alice).get(f"{LIST}give/").content.decode()
    assert offered(people.dana, "charl") == offered(people.erin, "charl", "near") == {"charlie"}
    assert offered(people.alice, "nort") == offered(people.alice, "nort", "near") == {"alice", "bob", "dana"}
    # To nobody another unit's people, without a reason to name them.
    assert offered(people.alice, "charl") == offered(people.dana, "charl", "near") == set()
    assert offered(people.dana, "head") == {"erin", "frank", "grace"}
    assert offered(people.dana, "head", "charge") == offered(people.dana, " ") == set()
    user_deactivate(user=people.bob, actor=people.heidi, reason="He has retired.")
    assert (offered(people.dana, "bob"), offered(people.dana, "bob", "leavers")) == (set(), {"bob"})


def offered(user, text, *narrowed):
    asked = {"field": "who", "who": text} | dict.fromkeys(narrowed, "")
    answer = signed_in(user).get("/admin/identity/person/find/", asked)
    return set(re.findall(r"\((\w+)\)", answer.content.decode()))


def markers(answered):
    return {word for word in ("Sameunitmarker", "Restrictedmarker") if word in answered.content.decode()}


def test_customers_are_named_in_a_cover_from_the_console_and_taken_out_again(bank, people):
    client = signed_in(people.bob)
    answered = client.post(f"{LIST}give/", typed(days_from=-1, covered="bob", scope="SOME"))
    cover = Cover.objects.get()
    address = f"{LIST}{cover.pk}/customers/"
    assert answered["Location"] == address
    assert {"Sameunitmarker", "Restrictedmarker"} == markers(client.get(address))
    for _ in range(2):
        assert client.post(address, {"customer": bank.restricted.pk, "verb": "name"}).status_code == 302
    coverer = signed_in(people.alice)
    page = coverer.get(address)
    assert markers(page) == {"Restrictedmarker"}
    assert 'value="unname"' not in page.content.decode()
    assert client.post(address, {"customer": bank.restricted.pk, "verb": "unname"}).status_code == 302
    assert markers(coverer.get(address)) == set()


def test_a_supervisor_neither_hears_of_a_restricted_customer_that_is_named_nor_names_one(bank, people):
    cover = give(people, scope="SOME")
    cover_name(cover_id=cover.pk, customer_id=bank.restricted.pk, actor=people.bob)
    client, address = signed_in(people.dana), f"{LIST}{cover.pk}/customers/"
    assert "Restrictedmarker" not in client.get(address).content.decode()
    for key in (bank.restricted.pk, "x", "9" * 40):
        assert client.post(address, {"customer": key, "verb": "unname"}).status_code == 404


PAGES = ("", "log/", "relationships/", "who-sees/", "change/", "history/", "eligibility/")


def test_every_page_of_a_customer_seen_only_by_a_cover_says_for_whom_until_when_and_how_far(bank, people):
    cover = give(people, read_only=True)
    Cover.objects.update(ends_at=timezone.now() + 40 * DAY)
    cover.refresh_from_db()
    until = timezone.localtime(cover.ends_at)
    says = f"You stand in for Bob North until {until:%-d %b, %H:%M}; read-only."
    client, of = signed_in(people.alice), f"/admin/crm/customer/{bank.same_unit.pk}/"
    assert [page for page in PAGES if says not in client.get(of + page).content.decode()] == []
    assert says in client.get(f"{of}log/", headers={"HX-Request": "true"}).content.decode()
    task = TaskFactory(customer=bank.same_unit, assignee=people.bob, created_by=people.bob)
    assert says in client.get(f"/admin/crm/task/{task.pk}/change/").content.decode()
    assert says.rstrip(".") in client.get("/admin/").content.decode()
    own = client.get(f"/admin/crm/customer/{bank.own.pk}/").content.decode()
    assert "You stand in" not in own


def test_who_sees_a_customer_without_the_cover_too_is_told_of_none(bank, people):
    give(people, coverer=people.dana, actor=people.bob)
    client, of = signed_in(people.dana), f"/admin/crm/customer/{bank.same_unit.pk}/"
    assert "You stand in" not in client.get(of).content.decode()
    assert "You stand in for Bob" in client.get("/admin/").content.decode()


@pytest.mark.parametrize("named", [False, True])
def test_what_is_done_and_seen_under_a_cover_says_for_whom(named, bank, people):
    cover = give(people, scope="SOME" if named else "ALL")
    if named:
        cover_name(cover_id=cover.pk, customer_id=bank.same_unit.pk, actor=people.bob)
    client, of = signed_in(people.alice), f"/admin/crm/customer/{bank.same_unit.pk}/"
    client.get(of)
    now = timezone.localtime()
    log = {"channel": "CALL", "direction": "INBOUND", "occurred_at": now.strftime("%Y-%m-%dT%H:%M"), "summary": "Rang."}
    step = {"next_step": "Call back", "next_step_on": (now + DAY).date().isoformat()}
    assert client.post(f"{of}log/", log | step).status_code == 302
    assert client.post(f"/admin/crm/task/{Task.objects.get().pk}/done/").status_code == 302
    done = AuditEvent.objects.filter(subject_type="crm.customer", subject_id=bank.same_unit.pk, actor=people.alice)
    verbs = {"crm.customer.viewed", "crm.interaction.logged", "crm.task.added", "crm.task.completed"}
    assert {event.verb for event in done} == verbs
    assert {(event.detail["by"]["cover"], event.detail["by"]["for"]) for event in done} == {(cover.pk, people.bob.pk)}
    assert f"for Bob North, cover {cover.pk}" in signed_in(people.dana).get(f"{of}trail/").content.decode()
