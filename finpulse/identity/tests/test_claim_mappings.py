"""A line of the table of role mappings: proposed by one, approved by another, and only then giving anything."""

from threading import Barrier, Event, Thread

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse

from finpulse.audit.models import AuditEvent
from finpulse.identity.models import ClaimMapping, ClaimSeen, User
from finpulse.identity.services import ClaimMappingSetRefused, claim_mapping_begin, claim_mapping_propose
from finpulse.kernel.errors import DomainError
from finpulse.kernel.proposals.deciding import proposal_approve
from finpulse.kernel.proposals.models import Proposal

LIST = "/admin/identity/claimmapping/"
PROPOSE = f"{LIST}propose/"


def propose(actor, value="crm-auditors", kind="ROLE", role="auditor", unit=None):
    """Propose what a value gives."""
    return claim_mapping_propose(kind=kind, value=value, role=role, unit=unit, reason="a test", actor=actor)


def client_of(user):
    client = Client()
    client.force_login(user, backend="finpulse.identity.backends.RoleAndScopeBackend")
    return client


def line():
    return ClaimMapping.objects.get()


def test_a_line_gives_its_role_once_another_has_approved(people):
    proposal = propose(people.heidi)
    assert line().role == ""
    proposal_approve(proposal_id=proposal.pk, actor=people.grace)
    assert line().role == "auditor"
    event = AuditEvent.objects.get(verb="identity.claim_mapping.set")
    assert (event.actor, event.detail["after"]) == (people.grace, {"role": "auditor", "unit": None})


def test_nobody_approves_his_own_and_nothing_is_approved_twice(people):
    proposal = propose(people.heidi)
    with pytest.raises(DomainError, match="his own"):
        proposal_approve(proposal_id=proposal.pk, actor=people.heidi)
    assert line().role == ""
    proposal_approve(proposal_id=proposal.pk, actor=people.grace)
    with pytest.raises(DomainError, match="already"):
        proposal_approve(proposal_id=proposal.pk, actor=people.grace)


@pytest.mark.parametrize("name", ["alice", "dana", "erin", "frank"])
def test_others_neither_propose_nor_approve(name, people):
    somebody = getattr(people, name)
    with pytest.raises(ClaimMappingSetRefused):
        propose(somebody)
    assert not ClaimMapping.objects.exists()
    proposal = propose(people.heidi)
    with pytest.raises(DomainError, match="approves"):
        proposal_approve(proposal_id=proposal.pk, actor=somebody)
    assert client_of(somebody).get(PROPOSE).status_code == 404
    assert client_of(somebody).get(reverse("admin:kernel_proposal", args=[proposal.pk])).status_code == 404


def test_compliance_approves_but_does_not_propose(people):
    with pytest.raises(ClaimMappingSetRefused):
        propose(people.grace)


def test_a_proposal_on_a_line_that_has_changed_lapses(people):
    proposal = propose(people.heidi)
    ClaimMapping.objects.update(role="compliance")
    with pytest.raises(DomainError, match="changed"):
        proposal_approve(proposal_id=proposal.pk, actor=people.grace)
    assert line().role == "compliance"


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        ({"role": ""}, "gives nothing already"),
        ({"role": "chief"}, "cannot give this"),
        ({"kind": "UNIT"}, "cannot give this"),
    ],
)
def test_what_changes_nothing_or_cannot_be_is_refused_and_leaves_no_line(facts, sentence, people):
    with pytest.raises(DomainError, match=sentence):
        propose(people.heidi, **facts)
    assert not ClaimMapping.objects.exists()


def test_one_proposal_of_a_line_waits(people):
    propose(people.heidi)
    with pytest.raises(DomainError, match="waits"):
        propose(people.heidi, role="compliance")


def test_the_page_proposes_and_says_to_whom_it_would_matter(people, settings):
    User.objects.filter(pk=people.bob.pk).update(oidc_issuer=settings.OIDC_ISSUER, oidc_subject="bob")
    ClaimSeen.objects.create(user=people.bob, kind="ROLE", value="crm-auditors")
    heidi = client_of(people.heidi)
    assert 'href="?kind=ROLE&amp;value=crm-auditors"' in heidi.get(PROPOSE).content.decode()
    facts = {"kind": "ROLE", "value": "crm-auditors", "role": "auditor", "reason": "a test"}
    assert heidi.post(PROPOSE, facts).status_code == 302
    page = reverse("admin:kernel_proposal", args=[Proposal.objects.get().pk])
    assert str(people.bob) in heidi.get(page).content.decode()
    Group.objects.get(name="compliance").permissions.remove(Permission.objects.get(codename="view_user"))
    seen_by_grace = client_of(people.grace).get(page).content.decode()
    assert str(people.bob) not in seen_by_grace
    assert "1 person" in seen_by_grace


def test_the_page_says_what_is_wrong_beside_the_field(people, units):
    facts = {"kind": "ROLE", "value": "x", "unit": units["NORTH"].pk, "reason": "a test"}
    page = client_of(people.heidi).post(PROPOSE, facts).content.decode()
    assert "leave the unit out" in page
    assert not ClaimMapping.objects.exists()


def test_the_first_line_is_begun_on_the_server_once(db, capsys):
    call_command("begin_role_mapping", "crm-admins", reason="the first day")
    assert line().role == "system_administrator"
    assert AuditEvent.objects.get(verb="identity.claim_mapping.set").reason == "the first day"
    with pytest.raises(CommandError, match="already"):
        call_command("begin_role_mapping", "others", reason="once more")
    assert "next sign-in" in capsys.readouterr().out


def test_the_list_tells_what_waits_from_what_is_in_force(people):
    proposal_approve(proposal_id=propose(people.heidi).pk, actor=people.grace)
    proposal = propose(people.heidi, role="compliance")
    way = f'<a href="/admin/kernel/proposal/{proposal.pk}/">Compliance, proposed by {people.heidi}</a>'
    for page in (LIST, f"{LIST}{line().pk}/change/"):
        seen, audited = (client_of(user).get(page).content.decode() for user in (people.heidi, people.frank))
        assert "Auditor" in seen
        assert way in seen
        assert f"Compliance, proposed by {people.heidi}" in audited
        assert way not in audited
    proposal_approve(proposal_id=proposal.pk, actor=people.grace)
    assert "proposed by" not in client_of(people.heidi).get(LIST).content.decode()


@pytest.mark.django_db(transaction=True)
def test_of_two_first_lines_begun_at_once_one_is_refused():
    begun, refused, start = [], [], Barrier(2)

    def begin(value):
        start.wait(10)
        try:
            with transaction.atomic():
                begun.append(claim_mapping_begin(value=value, reason="the first day", actor=None))
                # Whoever did not wait for the other would have asked by now.
                ended.wait(0.5)
        except ClaimMappingSetRefused as refusal:
            refused.append(str(refusal))
        finally:
            ended.set()
            connection.close()

    ended = Event()
    threads = [Thread(target=begin, args=[value]) for value in ("one", "another")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert (len(begun), len(refused)) == (1, 1)
    assert ClaimMapping.objects.get() == begun[0]
