"""Who may stand in for whom."""

from finpulse.identity.models import User
from finpulse.kernel.access import NO, YES, Verdict


def may_give_cover(actor: User, *, covered: User, coverer: User) -> Verdict:
    """Cover is given by the covered manager or a supervisor of his unit, never by the coverer to himself."""
    if actor.pk == coverer.pk:
        return NO("Nobody gives a cover to himself: the covered manager or his supervisor does.")
    if actor.pk == covered.pk:
        return YES
    if "supervisor" in actor.access.roles and covered.unit_id in actor.access.unit_ids:
        return YES
    return NO(f"Only {covered} or a supervisor of his unit may give this cover.")
