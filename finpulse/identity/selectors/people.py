"""Colleagues by name."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from django.db.models import Q, QuerySet

from finpulse.audit.models import AuditEvent
from finpulse.audit.verbs import Kind, of_kind
from finpulse.identity.models import User
from finpulse.identity.roles import IN_CHARGE, SEES_CUSTOMERS

LONGEST_TEXT = 150
# Who assigns, hands over, gives covers across units or opens customers by name, or says who answers for a token.
_NAMES_ANYBODY = frozenset({"supervisor", "administrator", "compliance", "system_administrator"})


def people_with(roles: Collection[str] = SEES_CUSTOMERS, *, leavers: bool = False) -> QuerySet[User]:
    """Give who holds one of the roles, by name; unless told, without those who do not sign in any more."""
    holding = User.groups.through.objects.filter(group__name__in=roles).values("user")
    rows: QuerySet[User] = User.objects.filter(pk__in=holding).order_by("last_name", "first_name", "username")
    return rows if leavers else rows.filter(is_active=True)


def may_name_people(actor: User) -> bool:
    """Tell whether a form of the actor's names colleagues."""
    return bool(actor.access.roles & (_NAMES_ANYBODY | IN_CHARGE))


def people_nameable(actor: User, *, charge: bool = False, leavers: bool = False, near: bool = False) -> QuerySet[User]:
    """Give whom the actor may name in a form: who works with customers, by `charge` who may have them in charge.

    A manager names people of his own unit. Who answers for more names anybody; `near`, a supervisor his units' people.
    """
    people, roles = people_with(IN_CHARGE if charge else SEES_CUSTOMERS, leavers=leavers), actor.access.roles
    if roles & _NAMES_ANYBODY and not (near and roles & _NAMES_ANYBODY == {"supervisor"}):
        return people
    if "supervisor" in roles:
        return people.filter(unit__in=actor.access.unit_ids)
    return people.filter(unit=actor.unit_id) if may_name_people(actor) and actor.unit_id else people.none()


def people_named(text: str, rows: QuerySet[User]) -> QuerySet[User]:
    """Narrow to those of whose name or user name each word is a part."""
    wanted = Q()
    for word in text[:LONGEST_TEXT].replace("(", " ").replace(")", " ").split():
        wanted &= Q(first_name__icontains=word) | Q(last_name__icontains=word) | Q(username__icontains=word)
    return rows.filter(wanted)


def told_apart(user: User) -> str:
    """Give the name with the user name, by which nobody is taken for another."""
    return f"{user} ({user.username})"


def people_by_key(keys: Iterable[int]) -> dict[int, User]:
    """Give people by their primary keys, in one query."""
    people: dict[int, User] = User.objects.in_bulk(list(keys))
    return people


def person_of(username: str) -> User | None:
    """Give who has this user name, or None."""
    person: User | None = User.objects.filter(username=username.replace("\x00", "")).first()
    return person


def deactivation_of(user: User) -> AuditEvent | None:
    """Give when and by whom a closed account was closed, or None for one that is open or was never closed here."""
    if user.is_active:
        return None
    return _changes_of(user).filter(verb="identity.user.deactivated").first()


def user_changes(user: User) -> QuerySet[AuditEvent]:
    """Give what was changed of a user, newest first: not his sign-ins, nor who looked at him."""
    daily = ("identity.user.signed_in", "identity.user.session_ended")
    return _changes_of(user).filter(of_kind(Kind.DID)).exclude(verb__in=daily)


def _changes_of(user: User) -> QuerySet[AuditEvent]:
    events = AuditEvent.objects.filter(subject_type=User._meta.label_lower, subject_id=user.pk)
    return events.select_related("actor").order_by("-pk")


def people_seen_by(user: User) -> QuerySet[User]:
    """Give of whom the user sees what they may do: all, to who answers for access; his units' people; himself."""
    rows: QuerySet[User] = User.objects.all()
    if user.access.roles & {"system_administrator", "compliance", "auditor"}:
        return rows
    near = Q(unit__in=user.access.unit_ids) if "supervisor" in user.access.roles else Q()
    return rows.filter(near | Q(pk=user.pk)) if near else rows.filter(pk=user.pk)
