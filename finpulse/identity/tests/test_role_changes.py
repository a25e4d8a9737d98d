"""A role is bent by two people, within what keeps them apart."""

import pytest
from django.contrib.auth.models import Group

from finpulse.audit.models import AuditEvent
from finpulse.identity.models import Role, RoleChange, User
from finpulse.identity.role_limits import all_declared, declared, limit
from finpulse.identity.roles import ROLES, SEES_CUSTOMERS
from finpulse.identity.services import roles_sync, user_set_roles
from finpulse.identity.services.role_changes import RoleChangeRefused, role_change
from finpulse.kernel.proposals import ProposalMakeRefused, proposal_make
from finpulse.kernel.proposals.deciding import ProposalDecideRefused, proposal_approve
from tests.access.asking import signed_in

EDIT = "crm.change_customer"


def fresh(user):
    return User.objects.with_access().get(pk=user.pk)


def propose(people, role="customer_manager", permission=EDIT, held=False, **facts):
    given = {
        "payload": {"permission": permission, "held": held},
        "reason": "Only supervisors edit",
        "actor": people.heidi,
    }
    key = Group.objects.get(name=role).pk
    return proposal_make(**({"kind": "identity.role.change", "subject_id": key} | given | facts))


def test_what_two_people_took_from_a_role_is_gone_at_once_and_after_each_sync(bank, people):
    assert fresh(people.alice).has_perm(EDIT, bank.own)
    proposal = propose(people)
    assert fresh(people.alice).has_perm(EDIT, bank.own)
    proposal_approve(proposal_id=proposal.pk, actor=people.grace)
    assert not fresh(people.alice).has_perm(EDIT, bank.own)
    roles_sync()
    assert not fresh(people.alice).has_perm(EDIT, bank.own)
    event = AuditEvent.objects.get(verb="identity.role.permission_removed")
    assert (event.actor, event.detail) == (people.grace, {"role": "customer_manager", "permission": EDIT})
    proposal_approve(proposal_id=propose(people, held=True).pk, actor=people.grace)
    assert not RoleChange.objects.exists()
    assert fresh(people.alice).has_perm(EDIT, bank.own)


def test_what_a_role_was_given_is_held_after_each_sync(people):
    role = Role.objects.get(name="auditor")
    role_change(role=role, permission="kernel.view_queuedtask", held=True, actor=people.heidi, reason="a test")
    roles_sync()
    assert fresh(people.frank).has_perm("kernel.view_queuedtask")


def test_nobody_decides_what_he_proposed_or_about_a_role_that_he_holds(people):
    proposal = propose(people, role="compliance", permission="crm.view_task")
    for actor, says in ((people.heidi, "his own proposal"), (people.grace, "a role that he holds"), (people.erin, "")):
        with pytest.raises(ProposalDecideRefused, match=says):
            proposal_approve(proposal_id=proposal.pk, actor=actor)
    with pytest.raises(ProposalMakeRefused, match="a role that he holds"):
        propose(people, role="system_administrator", permission="kernel.view_queuedtask")
    with pytest.raises(ProposalMakeRefused, match="System administrators propose"):
        propose(people, actor=people.grace)
    assert not RoleChange.objects.exists()


@pytest.mark.parametrize(
    ("role", "permission", "held", "says"),
    [
        ("product_administrator", "crm.view_customer", True, "sees no customers"),
        ("product_administrator", "notifications.view_message", True, "sees no customers"),
        ("auditor", "crm.add_task", True, "An auditor reads"),
        ("administrator", "identity.change_signinsession", True, "does not give access"),
        ("auditor", "audit.view_auditevent", False, "stays readable"),
        ("customer_manager", "auth.change_permission", True, "There is no such"),
        ("nobody", "crm.view_customer", True, "There is no such"),
    ],
)
def test_what_would_defeat_dual_control_is_refused_in_words(role, permission, held, says, people):
    Group.objects.get_or_create(name=role)
    with pytest.raises(RoleChangeRefused, match=says):
        role_change(role=Group.objects.get(name=role), permission=permission, held=held, actor=people.heidi, reason="x")
    assert not RoleChange.objects.exists()


def gained(role):
    """What a role might be given beyond what the code declares."""
    return {one for one in all_declared() if one not in declared(role) and not limit(role, one, held=True)}


@pytest.mark.parametrize("role", sorted(set(ROLES) - SEES_CUSTOMERS))
def test_no_change_lets_who_gives_access_see_customers(role):
    assert {one for one in gained(role) if one.startswith(("crm.", "advisory.", "notifications."))} == set()


def test_no_change_lets_an_auditor_write():
    assert {one for one in gained("auditor") if ".view_" not in one} == set()


def test_the_console_shows_the_matrix_and_proposes_within_the_limits(people):
    client, role = signed_in(people.heidi), Role.objects.get(name="customer_manager")
    role_change(role=role, permission=EDIT, held=False, actor=people.heidi, reason="a test")
    assert "taken here" in client.get("/admin/identity/role/").content.decode()
    page = f"/admin/identity/role/{role.pk}/"
    assert client.post(page, {"change": "-crm.view_task", "reason": "A trial"}).status_code == 302
    assert "Select a valid choice" in client.post(page, {"change": "+auth.add_user", "reason": "x"}).content.decode()
    waiting = signed_in(people.grace).get("/admin/kernel/proposal/").content.decode()
    assert "Permission of a role" in waiting
    own = Role.objects.get(name="system_administrator")
    assert "nobody changes a role that he holds" in client.get(f"/admin/identity/role/{own.pk}/").content.decode()


def test_a_second_system_administrator_approves_too(people):
    other = User.objects.create_user("hugo", unit=people.heidi.unit)
    user_set_roles(user=other, names=["system_administrator"], actor=None, reason="a test")
    proposal_approve(proposal_id=propose(people).pk, actor=fresh(other))
    assert RoleChange.objects.get().made_by == other
