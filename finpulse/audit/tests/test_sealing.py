"""Sealing: what is committed, once, in a chain, however ids come and whoever seals."""

import logging

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from finpulse.audit.chain.forms import digest
from finpulse.audit.chain.head import anchored_head, head_of
from finpulse.audit.models import AuditEvent, AuditSeal
from finpulse.audit.services import TrailSealRefused, trail_seal
from finpulse.audit.services.seal import LOCK, MOST_IN_SEAL
from finpulse.audit.tasks import seal_trail
from finpulse.audit.tests.chains import last_seal, other_session, settle, write_events
from finpulse.audit.verification import trail_verify

pytestmark = pytest.mark.usefixtures("committed_trail")
INSERT = "INSERT INTO audit_auditevent (at, verb, subject_type, reason, detail) VALUES (now(), %s, '', '', '{}')"


def sealed_ids():
    return [key for ids in AuditSeal.objects.order_by("sequence").values_list("event_ids", flat=True) for key in ids]


def findings():
    said = []
    trail_verify(say=said.append, heads=[])
    return said


def test_every_event_is_sealed_once_in_a_chain_without_gaps():
    ids = write_events(2)
    assert trail_seal(now=timezone.now()).events == 2
    ids += write_events(3)
    settle(ids[-1])
    assert sealed_ids() == ids
    seals = list(AuditSeal.objects.order_by("sequence"))
    assert [seal.sequence for seal in seals] == list(range(1, len(seals) + 1))
    assert [seal.previous_mac for seal in seals] == ["", *(seal.mac for seal in seals[:-1])]
    assert trail_seal(now=timezone.now()).seals == 0
    assert findings() == []


def test_an_event_that_commits_late_is_sealed_late_and_not_taken_for_inserted():
    with other_session() as slow:
        slow.set_autocommit(False)
        with slow.cursor() as cursor:
            cursor.execute(INSERT, ["test.slow.done"])
        ids = write_events(3)
        for _ in range(3):
            trail_seal(now=timezone.now())
        assert sealed_ids() == ids
        assert last_seal().horizon < ids[0]
        slow.commit()
    (late,) = AuditEvent.objects.filter(verb="test.slow.done").values_list("pk", flat=True)
    assert late < ids[0]
    settle(ids[-1])
    assert sealed_ids() == [*ids, late]
    assert findings() == []


def test_an_id_that_was_rolled_back_leaves_a_gap_and_the_horizon_passes_it():
    with other_session() as failing:
        failing.set_autocommit(False)
        with failing.cursor() as cursor:
            cursor.execute(INSERT, ["test.failed.done"])
        failing.rollback()
    ids = write_events(1)
    settle(ids[-1])
    assert findings() == []


def test_while_an_insert_has_its_id_but_no_number_yet_the_ceiling_waits():
    ids = write_events(1)
    settle(ids[-1])
    with other_session() as writer:
        writer.set_autocommit(False)
        with writer.cursor() as cursor:
            cursor.execute("LOCK TABLE audit_auditevent IN ROW EXCLUSIVE MODE")
            cursor.execute("SELECT nextval('audit_auditevent_id_seq')")
            (taken,) = cursor.fetchone()
        write_events(1)
        for _ in range(3):
            trail_seal(now=timezone.now())
        assert last_seal().ceiling < taken
        with writer.cursor() as cursor:
            cursor.execute(INSERT.replace("(at", "(id, at").replace("(now()", "(%s, now()"), [taken, "test.slow.done"])
        writer.commit()
    settle(taken)
    assert taken in sealed_ids()
    assert findings() == []


def test_of_two_sealers_one_seals():
    write_events(1)
    with other_session() as other:
        other.set_autocommit(False)
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
        assert trail_seal(now=timezone.now()).seals == 0
        other.rollback()
    assert trail_seal(now=timezone.now()).events == 1


def test_a_pass_is_bounded_and_so_is_a_seal():
    AuditEvent.objects.bulk_create(AuditEvent(verb="test.many.done") for _ in range(2 * MOST_IN_SEAL + 500))
    done = trail_seal(now=timezone.now(), most=MOST_IN_SEAL + 200)
    assert (done.seals, done.events, done.more) == (2, MOST_IN_SEAL + 200, True)
    seal_trail()
    call_command("seal_audit")
    assert sorted(sealed_ids()) == sorted(AuditEvent.objects.values_list("pk", flat=True))
    assert max(len(seal.event_ids) for seal in AuditSeal.objects.all()) == MOST_IN_SEAL
    assert findings() == []


def test_a_pass_reads_its_events_in_one_statement():
    def cost(count):
        write_events(count)
        with CaptureQueriesContext(connection) as caught:
            trail_seal(now=timezone.now())
        return len(caught)

    cost(1)
    assert cost(2) == cost(200)


def test_a_mark_from_another_server_does_not_hold_the_horizon():
    ids = write_events(1)
    seal = settle(ids[-1])
    AuditSeal.objects.filter(pk=seal.pk).update(ceiling_xmax=2**40)
    ids = write_events(1)
    settle(ids[-1])


def test_the_head_is_anchored_outside_the_database_once_it_is_committed(settings, tmp_path, caplog):
    settings.AUDIT_HEAD_FILE = str(tmp_path / "kept" / "audit-head")
    write_events(1)
    with caplog.at_level(logging.INFO, logger="finpulse.audit"):
        trail_seal(now=timezone.now())
    assert anchored_head() == head_of(last_seal())
    assert str(head_of(last_seal())) in caplog.text


@pytest.mark.parametrize(
    ("statement", "sentence"),
    [
        ("DELETE FROM audit_auditseal WHERE sequence = 2", "The trail ends at seal 1, but seal 2 was made."),
        ("DELETE FROM audit_auditseal", "The trail ends before its first seal, but seal 2 was made."),
        ("UPDATE audit_auditseal SET mac = repeat('0', 64)", "Seal 2 is not the one that was made."),
    ],
)
def test_a_chain_that_was_cut_is_not_sealed_on(settings, tmp_path, statement, sentence):
    settings.AUDIT_HEAD_FILE = str(tmp_path / "audit-head")
    for _ in range(2):
        write_events(1)
        trail_seal(now=timezone.now())
    AuditSeal.objects.filter(sequence__gt=2).delete()
    with connection.cursor() as cursor:
        cursor.execute(statement)
    write_events(1)
    with pytest.raises(TrailSealRefused, match=sentence):
        trail_seal(now=timezone.now())
    with pytest.raises(CommandError, match="Run verify_audit"):
        call_command("seal_audit")


def test_a_new_key_seals_and_the_old_one_still_verifies(settings):
    old, new = "o" * 32, "n" * 32
    settings.AUDIT_SEAL_KEY = old
    write_events(1)
    trail_seal(now=timezone.now())
    settings.AUDIT_SEAL_KEY = f"2:{new},1:{old}"
    settle(write_events(1)[-1])
    assert set(AuditSeal.objects.values_list("key_id", flat=True)) == {"1", "2"}
    assert findings() == []
    settings.AUDIT_SEAL_KEY = f"2:{new}"
    assert findings() == ["Seal 1 cannot be checked: no key '1', or form 1, is known here."]


@pytest.mark.parametrize("text", ["", "short", f"1:{'a' * 32},1:{'b' * 32}", f":{'a' * 32}"])
def test_a_key_that_cannot_be_is_refused(settings, text):
    settings.AUDIT_SEAL_KEY = text
    write_events(1)
    with pytest.raises(ImproperlyConfigured, match="AUDIT_SEAL_KEY"):
        trail_seal(now=timezone.now())


def test_the_form_of_an_event_never_changes():
    event = (7, 1_764_000_000_123_456, 3, "crm.customer.viewed", "crm.customer", 12, "Až", '{"n": 1}')
    assert digest(event, 1).hex() == "5eebf8ae20f3fe39ff2cfcb26a76ebdeccf2a814b752af0983076f5d3c8ba499"
