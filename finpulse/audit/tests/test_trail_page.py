"""The trail's page says how far it is sealed."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from finpulse.audit.models import AuditEvent, AuditSeal
from finpulse.audit.selectors import VERIFIED
from finpulse.audit.services import record, trail_seal

PAGE = "/admin/audit/auditevent/"


@pytest.fixture
def frank(client, people):
    client.force_login(people.frank, backend="finpulse.identity.backends.RoleAndScopeBackend")
    return client


def test_an_auditor_sees_when_the_trail_was_last_sealed_and_what_waits(frank):
    trail_seal(now=timezone.now())
    body = frank.get(PAGE).content.decode()
    assert "Last sealed " in body
    assert "Nothing waits for its seal." in body
    record("test.thing.done", actor=None)
    body = frank.get(PAGE).content.decode()
    assert "1 event waits for the next seal" in body
    assert "Sealing is late" not in body


def test_a_trail_that_is_not_sealed_in_time_warns(frank):
    AuditEvent.objects.update(at=timezone.now() - timedelta(minutes=6))
    body = frank.get(PAGE).content.decode()
    assert "Not sealed yet." in body
    assert "Sealing is late" in body


CHAIN = "/admin/audit/chain/"


def test_the_chains_page_tells_its_end_what_waits_and_that_nobody_has_verified(frank):
    body = frank.get(CHAIN).content.decode()
    assert "Not sealed yet." in body
    assert "Never verified" in body
    trail_seal(now=timezone.now())
    seal = AuditSeal.objects.get()
    body = frank.get(CHAIN).content.decode()
    assert f"{seal.sequence}:{seal.mac}" in body
    assert "Nothing waits for its seal." in body


@pytest.mark.parametrize(("findings", "words"), [(0, "Whole"), (2, "The last verification found 2 things wrong.")])
def test_the_chains_page_tells_what_the_last_verification_found(frank, findings, words):
    record(VERIFIED, actor=None, detail={"seals": 1, "events": 7, "findings": 9})
    record(VERIFIED, actor=None, detail={"seals": 3, "events": 1234, "findings": findings})
    body = frank.get(CHAIN).content.decode()
    assert words in body
    assert "1,234 events in 3 seals" in body


def test_an_event_names_colleagues_and_says_in_words_what_was_and_what_is(client, people):
    client.force_login(people.grace, backend="finpulse.identity.backends.RoleAndScopeBackend")
    change = {"before": {"role": "customer_manager", "unit": None}, "after": {"role": "auditor", "unit": 7}}
    rest = {"kind": "crm.handover", "proposed_by": people.dana.pk, "until_at": "2026-11-27T02:30:00+00:00"}
    more = {"due_on": "2026-12-01", "read_only": True, "to": people.charlie.pk, "by": {"role": "compliance"}}
    event = record("identity.user.tried", actor=None, subject=people.bob, detail=change | rest | more)
    name = f"/admin/identity/user/{people.bob.pk}/change/"
    assert f'<a href="{name}">Bob North</a>' in client.get(PAGE).content.decode()
    page = client.get(f"{PAGE}{event.pk}/change/").content.decode()
    assert f'<a href="{name}">Bob North</a>' in page
    told = re.findall(r"<dt>(.*?)</dt><dd>(.*?)</dd>", page)
    assert told == [
        ("Due", "1 Dec 2026"),
        ("Kind", "Handover"),
        ("Proposed by", "Dana North"),
        ("Read only", "yes"),
        ("To", "Charlie South"),
        ("Until", "27 Nov 2026, 03:30"),
        ("Role", "customer manager → auditor"),
        ("Unit", "nothing → 7"),
    ]


def test_a_colleague_who_is_gone_and_values_of_any_shape_are_told_too(client, people):
    client.force_login(people.grace, backend="finpulse.identity.backends.RoleAndScopeBackend")
    odd = {"to": 999_999, "before": 5, "after": None, "due_on": "2026-99-99", "names": [], "filters": {"b": [1, "<i>"]}}
    event = record("identity.user.tried", actor=None, subject=people.bob, detail=odd)
    told = dict(re.findall(r"<dt>(.*?)</dt><dd>(.*?)</dd>", client.get(f"{PAGE}{event.pk}/change/").content.decode()))
    assert told == {
        "Due": "2026-99-99",
        "Filters": "B: 1, &lt;i&gt;",
        "Names": "nothing",
        "To": "person 999999",
        "Change": "5 → nothing",
    }
