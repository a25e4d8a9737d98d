"""Who may do what with a customer, and why not."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from crm.models import Customer, Handover, HandoverCustomer, RecertificationItem, Task
from finpulse.identity.models import Cover, User
from finpulse.identity.policies import may_end_cover
from finpulse.identity.roles import IN_CHARGE, Reach
from finpulse.kernel.access import NO, YES, Verdict
from finpulse.kernel.access.backend import ask_together, is_among

REVEAL = "crm.reveal_customer"
OUT_OF_SCOPE = "This customer is not in your care."


def may_log_interaction(actor: Any, customer: Customer) -> Verdict:
    """Whoever may see the customer and holds the role may log; a read-only cover allows it too."""
    if not actor.has_perm("crm.add_interaction"):
        return NO("Your role does not log interactions.")
    return _may_work_with(actor, customer)


def may_add_task(actor: Any, customer: Customer) -> Verdict:
    """Whoever may change the customer plans with him, a next step too: who may only look would complete none."""
    if not actor.has_perm("crm.add_task"):
        return NO("Your role does not add tasks.")
    if not actor.has_perm("crm.add_task", customer):
        return NO("You may look at this customer and log, not plan with him.")
    return YES


def may_name_in_cover(actor: Any, cover: Cover, customer: Customer | None = None) -> Verdict:
    """Whoever may end the cover says who is in it: customers whom he sees, in the charge of whoever is away."""
    if not may_end_cover(actor, cover):
        return NO(f"Only {cover.covered} or a supervisor of his unit says which customers are named in this cover.")
    if customer is None:
        return YES
    if not actor.has_perm("crm.view_customer", customer):
        return NO(OUT_OF_SCOPE)
    if customer.manager_id != cover.covered_id:
        return NO(f"{customer.name} is not in the charge of {cover.covered}.")
    return YES


def _may_work_with(actor: Any, customer: Customer) -> Verdict:
    """Who also holds a role that only looks, and looks further, works no further than his own goes."""
    if not actor.has_perm("crm.view_customer", customer):
        return NO(OUT_OF_SCOPE)
    looks, works = (actor.access.reach_with(f"crm.{verb}") for verb in ("view_customer", "add_interaction"))
    if looks == works or is_among(actor, "worked_with_by", customer):
        return YES
    return NO("You may look at this customer, not work with him.")


def may_complete_task(actor: Any, task: Task) -> Verdict:
    """Whoever may change the customer may complete his tasks."""
    if not actor.has_perm("crm.change_task", task):
        return NO("You may look at this customer, not change what is planned with him.")
    return YES


def may_move_task(actor: Any, task: Task) -> Verdict:
    """Whoever may complete a task may give it another day, until it is done."""
    verdict = may_complete_task(actor, task)
    if verdict and task.state == Task.State.DONE:
        return NO("It is done already.")
    return verdict


def may_edit_customer(actor: Any, customer: Customer) -> Verdict:
    """Contact data are edited by who works with the customer."""
    if not actor.has_perm("crm.change_customer", customer):
        return NO("You may look at this customer, not change his data.")
    return YES


def may_see_seers(actor: Any, customer: Customer) -> Verdict:
    """Who answers for access sees who else has it, as far as his scope goes; of a restricted one compliance."""
    if not actor.has_perm("crm.view_customer", customer):
        return NO(OUT_OF_SCOPE)
    reach = actor.access.reach_with("crm.view_customer")
    if reach == Reach.ALL_AND_RESTRICTED or (reach == Reach.ALL and not customer.restricted):
        return YES
    if reach == Reach.UNIT and not customer.restricted and customer.unit_id in actor.access.unit_ids:
        return YES
    return NO("Who else may see him is told to those who answer for access: ask your supervisor or compliance.")


def may_see_trail(actor: Any, customer: Customer) -> Verdict:
    """Who audits sees what everybody did with a customer, a supervisor with those of his unit; of a restricted one
    compliance.
    """
    if not actor.has_perm("crm.view_customer", customer):
        return NO(OUT_OF_SCOPE)
    reach = actor.access.reach_with("audit.view_auditevent")
    if reach == Reach.ALL_AND_RESTRICTED or (reach == Reach.ALL and not customer.restricted):
        return YES
    supervises = "supervisor" in actor.access.roles and customer.unit_id in actor.access.unit_ids
    if supervises and not customer.restricted:
        return YES
    return NO("What others did is shown to those who answer for access: ask your supervisor or compliance.")


def may_keep_restriction(actor: Any, customer: Customer) -> Verdict:
    """Compliance decides who is restricted and keeps the lists."""
    if not actor.has_perm("crm.view_customer", customer):
        return NO(OUT_OF_SCOPE)
    return YES if "compliance" in actor.access.roles else NO("Compliance decides which customers are restricted.")


def may_restrict(actor: Any, customer: Customer, *, restricted: bool) -> Verdict:
    """The same, where the flag is not so already."""
    verdict = may_keep_restriction(actor, customer)
    if verdict and customer.restricted == restricted:
        return NO(f"This customer is {'restricted already' if restricted else 'not restricted'}.")
    return verdict


def may_reveal(actor: Any, customer: Customer) -> Verdict:
    """Who is in charge has identifiers of his own customers shown, administrators and compliance of those they see."""
    if not actor.has_perm("crm.view_customer", customer):
        return NO(OUT_OF_SCOPE)
    if not actor.has_perm(REVEAL):
        return NO("Your role has no identifiers shown.")
    if customer.manager_id == actor.pk or actor.access.reach_with(REVEAL) in (Reach.ALL, Reach.ALL_AND_RESTRICTED):
        return YES
    return NO("Identifiers are shown to the manager in charge, administrators and compliance.")


def may_open_customer(actor: Any, customer: Customer) -> Verdict:
    """Compliance keeps the need-to-know list of a restricted customer; a supervisor brings specialists to others."""
    roles = actor.access.roles
    if "compliance" in roles:
        return YES
    if customer.restricted:
        return NO("Only compliance opens a restricted customer to somebody.")
    if "supervisor" in roles and customer.unit_id is not None and customer.unit_id in actor.access.unit_ids:
        return YES
    return NO("A supervisor of the customer's unit brings a specialist in.")


def may_take_charge(manager: User) -> Verdict:
    """An active colleague whose role looks after customers."""
    if not manager.is_active:
        return NO(f"{manager} has left: choose a colleague who works here.")
    if not manager.access.roles & IN_CHARGE:
        return NO(f"{manager} looks after no customers: choose a customer manager.")
    return YES


def may_be_given(actor: Any, manager: User) -> Verdict:
    """A supervisor gives customers to the people of his units, an administrator to any."""
    verdict = may_take_charge(manager)
    if verdict and _only_own_units(actor) and manager.unit_id not in actor.access.unit_ids:
        return NO(f"{manager} is of another unit: propose a handover, which his supervisor approves.")
    return verdict


def may_assign(actor: Any, customer: Customer) -> Verdict:
    """An unassigned customer, by a supervisor of his unit or an administrator."""
    if not actor.has_perm("crm.add_assignment"):
        return NO("A supervisor of the customer's unit assigns him, or an administrator.")
    verdict = _may_move(actor, customer)
    if verdict and customer.manager_id is not None:
        return NO("He has a manager: propose a handover.")
    return verdict


def may_hand_over(actor: Any, customer: Customer) -> Verdict:
    """The same people, whoever has the customer in charge; of a restricted one whoever sees him."""
    of_unit = NO("A supervisor of the customer's unit hands him over, or an administrator.")
    if not actor.has_perm("crm.add_handover"):
        return of_unit
    verdict = _may_move(actor, customer)
    # Whom no supervisor and no administrator sees, compliance moves, and nobody else.
    only_compliance = not actor.access.roles & {"supervisor", "administrator"}
    return of_unit if verdict and only_compliance and not customer.restricted else verdict


def ask_scope_together(actor: Any, customers: Sequence[Customer]) -> None:
    """Ask in one query what the policies of many customers would ask one by one."""
    ask_together(actor, customers, perm="crm.view_customer")


def _may_move(actor: Any, customer: Customer) -> Verdict:
    if not actor.has_perm("crm.view_customer", customer):
        return NO(OUT_OF_SCOPE)
    own = customer.manager_id == actor.pk or customer.unit_id in actor.access.unit_ids
    if _only_own_units(actor) and not own:
        return NO("He belongs to another unit: its supervisor moves him.")
    return YES


def _only_own_units(actor: Any) -> bool:
    return not actor.access.roles & {"administrator", "compliance"}


def may_set_capacity(actor: Any, manager: User) -> Verdict:
    """Whoever assigns customers to him."""
    if not actor.has_perm("crm.add_assignment"):
        return NO("A supervisor of his unit says how many customers he may have, or an administrator.")
    return may_be_given(actor, manager)


def may_propose_handover(actor: Any, handover: Handover) -> Verdict:
    """Whoever may move each of its customers, to somebody who may have them."""
    listed = HandoverCustomer.objects.filter(handover=handover).select_related("customer")
    customers = [row.customer for row in listed]
    ask_scope_together(actor, customers)
    refused = next((verdict for row in customers if not (verdict := may_hand_over(actor, row))), None)
    return refused or may_take_charge(handover.to_manager)


def may_approve_handover(actor: Any, handover: Handover) -> Verdict:
    """A supervisor of the receiving unit; within one unit an administrator too, of restricted ones compliance."""
    listed = HandoverCustomer.objects.filter(handover=handover)
    crosses = listed.exclude(customer__unit=handover.to_manager.unit_id).exists()
    others = NO(f"A supervisor of {handover.to_manager.unit or 'the receiving unit'} {_OR[crosses]} approves it.")
    if not actor.has_perm("crm.add_handover") or not _concerns(actor, handover):
        return others
    if "supervisor" in actor.access.roles and handover.to_manager.unit_id in actor.access.unit_ids:
        return YES
    if "compliance" in actor.access.roles and listed.filter(customer__restricted=True).exists():
        return YES
    return YES if "administrator" in actor.access.roles and not crosses else others


# Who else than a supervisor of the receiving unit approves a handover, by whether it crosses units.
_OR = {True: "alone, since it crosses units,", False: "who has not proposed it, or an administrator,"}


def may_refuse_handover(actor: Any, handover: Handover) -> Verdict:
    """The receiver, and whoever may approve it."""
    if actor.pk == handover.to_manager_id and actor.is_active:
        return YES
    return may_approve_handover(actor, handover)


def _concerns(actor: Any, handover: Handover) -> bool:
    return Handover.objects.visible_to(actor).filter(pk=handover.pk).exists()


def may_grant_customer(actor: Any, customer: Customer, *, to_user: Any, editable: bool) -> Verdict:
    """Whoever may open the customer opens him to others, never to himself, for no more than their roles do."""
    verdict = may_open_customer(actor, customer)
    if not verdict:
        return verdict
    if to_user.pk == actor.pk:
        return NO("Nobody opens a customer to himself.")
    if not to_user.is_active or not to_user.has_perm("crm.view_customer"):
        return NO(f"{to_user} does not work with customers: his roles would show him nothing.")
    if editable and not to_user.has_perm("crm.change_customer"):
        return NO(f"{to_user}'s roles let him look only: open the customer to look.")
    return YES


def may_decide_recertification(actor: Any, item: RecertificationItem, decision: str) -> Verdict:
    """Whose list it is decides, once; what the identity provider gives is not ended here."""
    if item.recertification.reviewer_id != actor.pk:
        return NO("Whose list this is decides.")
    if decision not in RecertificationItem.Decision.values:
        return NO("Choose to keep or to end.")
    if item.decision and item.decision != decision:
        return NO(f"It was {item.get_decision_display()} already.")
    if decision == RecertificationItem.Decision.ENDED and item.kind == RecertificationItem.Kind.PERSON:
        return NO("Roles come from the identity provider: have them taken there, and keep what is left.")
    return YES
