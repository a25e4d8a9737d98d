"""The trail's page says how far it is sealed."""

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
