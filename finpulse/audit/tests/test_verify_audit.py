"""What verify_audit says to each way of changing the trail behind FinPulse's back."""

import re

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from finpulse.audit.chain.forms import COLUMNS, digest, mac_of
from finpulse.audit.chain.head import head_of
from finpulse.audit.models import AuditEvent, AuditSeal
from finpulse.audit.selectors import VERIFIED
from finpulse.audit.services import trail_seal
from finpulse.audit.tests.chains import execute, insert_event, last_seal, sealed_chain, write_events

pytestmark = pytest.mark.usefixtures("committed_trail")


def verify(capsys, what, *arguments):
    """Give the status and what is said; with -s, show both."""
    capsys.readouterr()
    status, refusal = 0, ""
    try:
        call_command("verify_audit", *arguments)
    except CommandError as error:
        status, refusal = error.returncode, f"CommandError: {error}"
    said = (capsys.readouterr().out + refusal).strip()
    with capsys.disabled():
        print(f"\n--- {what}: exit {status}\n{said}")  # noqa: T201 - what the command says, for who asks
    return status, said


def recompute(seals, key):
    """Make digests and macs anew, as who has the database and some key of his own."""
    before = ""
    for seal in seals:
        seal.digests = b"".join(_digest(event_id) for event_id in seal.event_ids)
        seal.previous_mac = before
        seal.mac = before = mac_of(seal, key)
        seal.save()


def _digest(event_id):
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {COLUMNS} FROM audit_auditevent WHERE id = %s", [event_id])
        return digest(cursor.fetchone())


def test_a_whole_trail_is_said_in_one_line(capsys):
    sealed_chain()
    write_events(2)
    status, said = verify(capsys, "a whole trail with two events not sealed yet")
    assert status == 0
    event = AuditEvent.objects.latest("pk")
    assert (event.verb, event.actor) == (VERIFIED, None)
    assert (event.detail["events"], event.detail["findings"]) == (9, 0)
    assert re.fullmatch(
        r"The trail is whole: 9 events in \d seals, head \d:[0-9a-f]{64}:\d+; "
        r"2 events wait for their seal, the oldest for \d s\.",
        said,
    )


@pytest.mark.parametrize(
    "change",
    ["reason = 'another'", "actor_id = NULL, at = at + interval '1 microsecond'", "detail = detail || '{\"n\": 7}'"],
)
def test_an_edited_event_is_named(capsys, change):
    ids = sealed_chain()
    execute(f"UPDATE audit_auditevent SET {change} WHERE id = %s", ids[4])
    status, said = verify(capsys, f"edited, {change}")
    assert status == 1
    assert f"Event {ids[4]} was edited (seal 2).\n" in said
    assert "one finding" in said


def test_a_removed_event_is_named(capsys):
    ids = sealed_chain()
    execute("DELETE FROM audit_auditevent WHERE id = %s", ids[4])
    status, said = verify(capsys, "removed")
    assert (status, said.count(" was removed")) == (1, 1)
    assert f"Event {ids[4]} was removed (seal 2)." in said


def test_an_inserted_event_is_named_and_never_sealed(capsys):
    ids = sealed_chain()
    execute("DELETE FROM audit_auditevent WHERE id = %s", ids[4])
    insert_event(ids[4])
    insert_event(ids[0] - 1)
    trail_seal(now=timezone.now())
    status, said = verify(capsys, "one replaced, one inserted before the first")
    assert status == 1
    assert f"Event {ids[4]} was edited (seal 2)." in said
    assert f"Event {ids[0] - 1} was inserted: no seal knows it" in said


def test_events_removed_from_the_tail_are_named(capsys):
    ids = sealed_chain()
    execute("DELETE FROM audit_auditevent WHERE id >= %s", ids[7])
    status, said = verify(capsys, "the last two events removed")
    assert status == 1
    assert [f"Event {key} was removed (seal 3)." in said for key in ids] == [False] * 7 + [True] * 2


def test_a_tail_removed_with_its_seals_is_told_by_the_head_kept_outside(capsys, settings, tmp_path):
    settings.AUDIT_HEAD_FILE = str(tmp_path / "audit-head")
    ids = sealed_chain()
    head = head_of(last_seal())
    execute("DELETE FROM audit_auditevent WHERE id > %s", ids[5])
    execute("DELETE FROM audit_auditseal WHERE sequence > 2")
    status, said = verify(capsys, "the last three events removed with their seals, AUDIT_HEAD_FILE set")
    assert status == 1
    assert f"Seals 3 to {head.sequence} were removed from the end" in said
    assert f"events {ids[5] + 1} to {ids[8]}" in said
    settings.AUDIT_HEAD_FILE = ""
    status, said = verify(capsys, "the same, with --head from the log", "--head", f"{head.sequence}:{head.mac}")
    assert status == 1
    assert f"Seals 3 to {head.sequence} were removed from the end" in said


def test_a_removed_seal_is_named(capsys):
    ids = sealed_chain()
    execute("DELETE FROM audit_auditseal WHERE sequence = 2")
    status, said = verify(capsys, "a seal removed from the middle")
    assert status == 1
    assert "Seal 2 was removed." in said
    assert f"Event {ids[3]} was inserted, or was in a seal that is gone." in said


def test_an_altered_seal_is_named(capsys):
    ids = sealed_chain()
    execute("UPDATE audit_auditevent SET reason = 'another' WHERE id = %s", ids[4])
    seals = list(AuditSeal.objects.filter(sequence=2))
    seals[0].digests = b"".join(_digest(key) for key in seals[0].event_ids)
    seals[0].save()
    status, said = verify(capsys, "an event edited and its seal's digests made to fit")
    assert status == 1
    assert "Seal 2 was altered: its mac is not one that our key made" in said
    assert "wholly" not in said


def test_a_wholly_recomputed_chain_is_told_as_such(capsys):
    ids = sealed_chain()
    execute("UPDATE audit_auditevent SET reason = 'another' WHERE id = %s", ids[4])
    recompute(AuditSeal.objects.order_by("sequence"), b"not our key")
    status, said = verify(capsys, "an event edited and the whole chain recomputed without our key")
    assert status == 1
    assert "The chain was wholly recomputed: of its" in said


def test_a_chain_recomputed_with_the_stolen_key_is_told_by_the_head_kept_outside(capsys, settings):
    settings.AUDIT_SEAL_KEY = "k" * 32
    ids = sealed_chain()
    head = head_of(last_seal())
    execute("UPDATE audit_auditevent SET reason = 'another' WHERE id = %s", ids[4])
    recompute(AuditSeal.objects.order_by("sequence"), b"k" * 32)
    assert verify(capsys, "the same with our own key, no head kept")[0] == 0
    status, said = verify(capsys, "the same with our own key, --head from the log", "--head", str(head))
    assert status == 1
    assert "the chain was made anew" in said


def test_a_head_that_is_none_is_refused_in_a_sentence(capsys):
    status, said = verify(capsys, "a bad --head", "--head", "17")
    assert status == 1
    assert "is no head of the trail" in said
