"""Once a quarter each supervisor says of his unit's access what stays."""

from datetime import date, datetime, time, timedelta

import pytest
from django.utils import timezone

from crm.models import Customer, CustomerUserObjectPermission, Recertification, RecertificationItem
from crm.selectors.recertification import items_of, own_list
from crm.services import customer_grant
from crm.services.recertification import (
    RecertificationDecideRefused,
    recertification_decide,
    recertifications_make,
)
from finpulse.audit.models import AuditEvent
from finpulse.identity.models import User
from finpulse.identity.services import cover_give, user_set_roles
from finpulse.kernel.registries import alert_kinds
from notifications.models import Message
from notifications.services import alerts_scan, message_deliver
from tests.access.asking import signed_in

DAY = timedelta(days=1)
TODAY = date(2026, 11, 26)
PAGE, ITEM = "/admin/crm/recertification/", "/admin/crm/recertificationitem/"


@pytest.fixture
def made(bank, people):
    """On the list of dana: her people, a cover by bob, a customer opened to charlie. A restricted one is on grace's."""
    now = timezone.now()
    times = {"starts_at": now - DAY, "ends_at": now + DAY}
    cover_give(covered=people.alice, coverer=people.bob, actor=people.alice, reason="At the fair", **times)
    for customer, actor in ((bank.same_unit, people.dana), (bank.restricted, people.grace)):
        customer_grant(customer_id=customer.pk, to_user=people.charlie, actor=actor, reason="Knows leasing")
    assert recertifications_make(today=TODAY, actor=None) == 2
    return Recertification.objects.get(reviewer=people.dana)


def item(made, kind):
    return made.items.filter(kind=kind).first()


def test_a_quarter_has_one_list_for_each_supervisor_however_often_it_is_asked_for(made, people):
    assert (made.reviewer, made.quarter_on, made.due_on) == (people.dana, date(2026, 10, 1), TODAY + 30 * DAY)
    near = User.objects.filter(unit=people.dana.unit).exclude(pk=people.dana.pk)
    assert {row.person for row in made.items.filter(kind="PERSON")} == set(near)
    assert [row.person for row in made.items.filter(kind="GRANT")] == [people.charlie]
    assert [row.person for row in made.items.filter(kind="COVER")] == [people.bob]
    assert recertifications_make(today=TODAY + DAY, actor=None) == 0
    assert recertifications_make(today=date(2027, 1, 1), actor=None) == 2


def test_what_is_ended_here_is_ended_by_its_own_service_and_once(made, bank, people):
    grant, cover = item(made, "GRANT"), item(made, "COVER")
    for one in (grant, cover):
        assert recertification_decide(item_id=one.pk, decision="ENDED", actor=people.dana) is True
        assert recertification_decide(item_id=one.pk, decision="ENDED", actor=people.dana) is False
        with pytest.raises(RecertificationDecideRefused, match="ended already"):
            recertification_decide(item_id=one.pk, decision="KEPT", actor=people.dana)
    charlie, bob = (User.objects.with_access().get(pk=user.pk) for user in (people.charlie, people.bob))
    assert set(Customer.objects.visible_to(charlie)) == {bank.other_unit, bank.restricted}
    assert bank.own not in Customer.objects.visible_to(bob)
    verbs = set(AuditEvent.objects.filter(actor=people.dana).values_list("verb", flat=True))
    assert {"crm.customer.grant_ended", "identity.cover.ended", "crm.recertification.ended"} <= verbs


def test_only_whose_list_it_is_decides_and_roles_are_not_ended_here(made, people):
    person = item(made, "PERSON")
    for actor in (people.alice, people.grace):
        with pytest.raises(RecertificationDecideRefused, match="Whose list"):
            recertification_decide(item_id=person.pk, decision="KEPT", actor=actor)
    with pytest.raises(RecertificationDecideRefused, match="identity provider"):
        recertification_decide(item_id=person.pk, decision="ENDED", actor=people.dana)
    with pytest.raises(RecertificationDecideRefused, match="Choose"):
        recertification_decide(item_id=person.pk, decision="", actor=people.dana)
    assert not RecertificationItem.objects.exclude(decision="").exists()


def decided(client, one):
    """End what stands on the line; give what the page then says."""
    return client.post(f"{ITEM}{one.pk}/decide/", {"decision": "ENDED"}, follow=True).content.decode()


def test_what_opens_a_restricted_customer_is_decided_by_one_of_compliance_who_has_not_opened_him(bank, people):
    greta = User.objects.create_user("greta", last_name="Head", unit=people.grace.unit)
    user_set_roles(user=greta, names=["compliance"], actor=None, reason="a test")
    greta = User.objects.with_access().get(pk=greta.pk)
    facts = {"customer_id": bank.restricted.pk, "actor": people.grace, "reason": "Knows leasing"}
    customer_grant(to_user=people.charlie, **facts)
    recertifications_make(today=TODAY, actor=None)
    [opened] = RecertificationItem.objects.filter(kind="GRANT")
    assert (opened.recertification.reviewer, opened.person) == (greta, people.charlie)
    assert shows(greta, PAGE, "Restrictedmarker")
    for actor in (people.grace, people.dana):
        assert not shows(actor, PAGE, "Restrictedmarker")
        assert signed_in(actor).post(f"{ITEM}{opened.pk}/decide/", {"decision": "ENDED"}).status_code == 404
    client = signed_in(greta)
    assert "Ended." in decided(client, opened)
    assert "You had decided so before" in decided(client, opened)
    assert bank.restricted not in Customer.objects.visible_to(User.objects.with_access().get(pk=people.charlie.pk))
    assert AuditEvent.objects.filter(verb="crm.customer.grant_ended").count() == 1


def test_a_list_names_and_counts_no_customer_whom_its_reviewer_does_not_see(made, bank, people):
    bob = made.items.get(kind="PERSON", person=people.bob)
    books = {item.pk: item.book for item in items_of(made, people.dana)}
    assert books[bob.pk] == Customer.objects.filter(manager=people.bob, restricted=False).count() > 0
    assert shows(people.dana, PAGE, "Sameunitmarker") == ["Sameunitmarker"]
    Customer.objects.filter(pk=bank.same_unit.pk).update(restricted=True)
    assert not shows(people.dana, PAGE, "Sameunitmarker")


def test_what_is_left_of_an_earlier_quarter_comes_first(made, people):
    recertifications_make(today=date(2027, 1, 1), actor=None)
    assert own_list(people.dana) == made
    for one in made.items.all():
        recertification_decide(item_id=one.pk, decision="KEPT", actor=people.dana)
    assert own_list(people.dana).quarter_on == date(2027, 1, 1)


def told(day):
    """Scan at noon of that day, twice; give who was told by what, and deliver it."""
    at = datetime.combine(day, time(12), timezone.get_default_timezone())
    before = list(Message.objects.values_list("pk", flat=True))
    alerts_scan(now=at)
    assert alerts_scan(now=at).queued == 0
    rows = Message.objects.filter(kind="recertification").exclude(pk__in=before)
    for row in rows:
        message_deliver(message_id=row.pk)
    return sorted(f"{row.recipient or row.state}:{row.channel}:{row.late}" for row in rows.all())


def test_who_decides_is_reminded_once_at_each_step_and_compliance_hears_of_what_is_overdue(made, people):
    RecertificationItem.objects.filter(recertification__reviewer=people.grace).update(
        decision="KEPT", decided_at=timezone.now()
    )
    Recertification.objects.update(made_at=datetime.combine(TODAY, time(9), timezone.get_default_timezone()))
    dana = [f"{people.dana}:{channel}:False" for channel in ("EMAIL", "IN_APP")]
    grace = [f"{people.grace}:{channel}:False" for channel in ("EMAIL", "IN_APP")]
    steps = {0: dana, 1: [], 23: dana, 29: dana, 30: [], 31: dana + grace, 40: []}
    assert {day: told(TODAY + day * DAY) for day in steps} == steps
    assert shows(people.grace, "/admin/notifications/message/", "Dana", "A recertification list was due") != []
    leads = signed_in(people.dana).get("/admin/notifications/message/").content.decode()
    assert "0 of" in leads
    assert f'href="{PAGE}"' in leads
    made.items.update(decision="KEPT", decided_at=timezone.now())
    late = Message.objects.filter(kind="recertification").last()
    assert alert_kinds.get("recertification").is_due(late) is False


def shows(user, page, *words):
    """Which of the words a page shows."""
    told = signed_in(user).get(page).content.decode()
    return [word for word in words if word in told]


def test_the_console_reminds_until_all_is_decided_and_tells_compliance_what_is_late(made, people):
    reminded, late = "Say of others' access", "1 recertification list overdue"
    Recertification.objects.filter(pk=made.pk).update(due_on=timezone.localdate() - DAY)
    assert shows(people.dana, "/admin/", reminded, late) == [reminded]
    assert shows(people.grace, "/admin/", reminded, late) == [reminded, late]
    assert shows(people.grace, PAGE, "Overdue")
    client = signed_in(people.dana)
    for one in made.items.all():
        assert client.post(f"{ITEM}{one.pk}/decide/", {"decision": "KEPT"}).status_code == 302
    assert (shows(people.dana, "/admin/", reminded), shows(people.grace, PAGE, "Overdue")) == ([], [])
    assert CustomerUserObjectPermission.objects.filter(until_at__gt=timezone.now()).count() == 2


def test_a_list_names_what_its_supervisor_sees_and_opens_to_nobody_else(made, people):
    words = ("Sameunitmarker", "At the fair", "customer in charge", "Restrictedmarker")
    assert shows(people.dana, PAGE, *words) == list(words[:3])
    of_dana = made.items.first()
    assert signed_in(people.alice).post(f"{ITEM}{of_dana.pk}/decide/", {"decision": "KEPT"}).status_code == 404
