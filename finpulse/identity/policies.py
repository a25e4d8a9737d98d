"""Who may stand in for whom, and who ends whose sign-ins."""

from finpulse.identity.models import Cover, User
from finpulse.kernel.access import NO, YES, Verdict


def may_give_cover(actor: User, *, covered: User, coverer: User) -> Verdict:
    """The covered manager gives it within his unit, a supervisor across units too, the coverer never to himself."""
    if actor.pk == coverer.pk:
        return NO("Nobody gives a cover to himself: the covered manager or his supervisor does.")
    if actor.pk == covered.pk and covered.unit_id == coverer.unit_id:
        return YES
    if "supervisor" in actor.access.roles and covered.unit_id in actor.access.unit_ids:
        return YES
    if actor.pk == covered.pk:
        return NO(f"{coverer} is of another unit: across units a supervisor gives the cover. Ask yours.")
    return NO(f"Only {covered} or a supervisor of his unit may give this cover.")


def may_end_cover(actor: User, cover: Cover) -> Verdict:
    """Whoever could give it ends it; its coverer does not."""
    if actor.pk == cover.covered_id:
        return YES
    if "supervisor" in actor.access.roles and cover.covered.unit_id in actor.access.unit_ids:
        return YES if actor.pk != cover.coverer_id else NO("Whom you cover, or another supervisor, ends this cover.")
    return NO(f"Only {cover.covered} or a supervisor of his unit may end this cover.")


def may_end_sessions_of(actor: User, user: User) -> Verdict:
    """Everybody ends his own; who keeps the users ends anybody's."""
    if actor.pk == user.pk or actor.has_perm("identity.change_signinsession"):
        return YES
    return NO(f"Only {user} or a system administrator may end this sign-in.")
