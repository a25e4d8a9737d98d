"""The trail is added to and read, nothing else."""

import pytest
from django.db import transaction

from finpulse.audit.models import AuditEvent
from finpulse.audit.services import record, record_many


def test_an_event_holds_keys_and_rolls_back_with_its_cause(people):
    with pytest.raises(RuntimeError), transaction.atomic():
        record("test.thing.done", actor=people.alice, subject=people.bob, reason="why", detail={"n": 1})
        raise RuntimeError
    assert not AuditEvent.objects.filter(verb="test.thing.done").exists()
    event = record("test.thing.done", actor=people.alice, subject=people.bob, reason="why", detail={"n": 1})
    assert (event.subject_type, event.subject_id) == ("identity.user", people.bob.pk)
    assert str(event) == f"Thing done, event {event.pk}"


def test_many_events_are_written_together(people):
    assert record_many("test.many", actor=None, subject_type="x.y", details={1: {}, 2: {"a": 1}}) == 2
    assert AuditEvent.objects.filter(verb="test.many").count() == 2


def test_an_auditor_reads_the_trail_and_a_manager_does_not(client, people):
    for username, status in (("frank", 200), ("alice", 403), ("erin", 403)):
        client.force_login(getattr(people, username), backend="finpulse.identity.backends.RoleAndScopeBackend")
        assert client.get("/admin/audit/auditevent/").status_code == status
