"""Who may stand in for whom, who ends whose sign-ins, and who keeps what the identity provider's claims give."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Protocol

from finpulse.identity.models import ClaimKind, ClaimMapping, Cover, User
from finpulse.identity.models.api_token import ApiToken
from finpulse.identity.role_limits import all_declared, limit
from finpulse.identity.roles import KEEPS_INTEGRATIONS, ROLES
from finpulse.kernel.access import NO, YES, Verdict


class TokenFacts(Protocol):
    """What is judged of a token that somebody sends."""

    @property
    def user(self) -> User: ...
    @property
    def expires_at(self) -> datetime: ...
    @property
    def revoked_at(self) -> datetime | None: ...


def may_make_api_token(owner: User) -> Verdict:
    """A person who works here makes tokens for himself; those of an integration are proposed and approved."""
    if not owner.is_active or not owner.has_perm("identity.add_apitoken"):
        return NO("Your role makes no API tokens. Ask a system administrator.")
    return YES


def may_look_after_api_tokens(actor: User) -> Verdict:
    """System administrators do."""
    return YES if actor.has_perm("identity.change_apitoken") else NO("A system administrator looks after tokens.")


def may_bear_service_token(user: User) -> Verdict:
    """An account of an integration that is in use."""
    if user.is_active and "integration" in user.access.roles:
        return YES
    return NO(f"{user} is no integration: a person makes tokens for himself.")


def may_keep_service_token(user: User | None) -> Verdict:
    """A person who works with customers: the secret reads some, which whoever gives access never sees."""
    if user is None:
        return NO("Nobody answers for this token. Propose it anew with somebody who does.")
    if may_look_after_api_tokens(user):
        return NO(f"{user} looks after tokens: somebody else answers for this one.")
    if user.is_active and user.access.roles & KEEPS_INTEGRATIONS and "integration" not in user.access.roles:
        return YES
    return NO(f"{user} may not answer for a token: a person does who signs in himself and works with customers.")


def may_fetch_api_token(actor: User, token: ApiToken, *, now: datetime) -> Verdict:
    """Who answers for it, in time, once."""
    if token.digest is not None:
        return NO("This token was fetched already: its secret is shown once.")
    if token.keeper_id != actor.pk:
        return NO("Only who answers for this token fetches it.")
    if token.revoked_at is not None:
        return NO("This token was revoked. Propose another.")
    if token.offered_until is None or token.offered_until <= now:
        return NO("This token was not fetched in time. Revoke it and propose another.")
    verdict = may_keep_service_token(actor)
    return may_bear_service_token(token.user) if verdict else verdict


def may_revoke_api_token(actor: User, token: ApiToken) -> Verdict:
    """Its owner, who answers for it, and whoever looks after all tokens."""
    if actor.pk in (token.user_id, token.keeper_id) or actor.has_perm("identity.change_apitoken"):
        return YES
    return NO("Only its owner, who answers for it, or a system administrator revokes a token.")


def may_sign_in_by_token(token: TokenFacts, *, now: datetime) -> Verdict:
    """A token that has not ended, of somebody who works here."""
    if token.revoked_at is not None:
        return NO("This token was revoked. Make another in the console.")
    if token.expires_at <= now:
        return NO("This token has expired. Make another in the console.")
    return may_sign_in_by_api(token.user)


def may_sign_in_by_api(user: User) -> Verdict:
    """Who works here."""
    if not user.is_active:
        return NO("The account of this token is deactivated. Ask a system administrator.")
    if not user.access.roles:
        return NO("The account of this token has no role in FinPulse. Ask a system administrator.")
    return YES


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


def may_deactivate(actor: User, user: User) -> Verdict:
    """A system administrator, any account but his own."""
    if not actor.has_perm("identity.change_user"):
        return NO("A system administrator deactivates accounts.")
    if actor.pk == user.pk:
        return NO("Nobody deactivates his own account: another system administrator does.")
    return YES


def may_reactivate(actor: User, user: User) -> Verdict:
    """A system administrator, any account but his own; what it gives back is only that somebody may sign in."""
    if not actor.has_perm("identity.change_user"):
        return NO("A system administrator reactivates accounts.")
    return YES if actor.pk != user.pk else NO("Nobody reactivates his own account.")


def may_propose_mappings(actor: Any) -> Verdict:
    """System administrators propose what a claim gives."""
    if "system_administrator" in actor.access.roles:
        return YES
    return NO("A system administrator proposes what the identity provider's claims give.")


def may_approve_mappings(actor: Any) -> Verdict:
    """Another of them approves it, or compliance: roles are never in one hand."""
    if actor.access.roles & {"system_administrator", "compliance"}:
        return YES
    return NO("A system administrator or compliance approves what the identity provider's claims give.")


def fits(mapping: ClaimMapping, *, role: str, unit_id: int | None) -> bool:
    """Tell whether a value of this claim can give this: a role by the one, a unit by the other, nothing by both."""
    if mapping.kind == ClaimKind.UNIT:
        return not role
    return unit_id is None and (not role or role in ROLES)


def may_change_role(actor: User, role: str, permission: str, *, held: bool) -> Verdict:
    """A system administrator bends a role that he does not hold, within what keeps two people apart."""
    verdict = may_decide_role(actor, role)
    if not verdict:
        return verdict
    if role not in ROLES or permission not in all_declared():
        return NO("There is no such role or permission: no role holds it by the code.")
    refusal = limit(role, permission, held=held)
    return NO(refusal) if refusal else YES


def may_decide_role(actor: User, role: str) -> Verdict:
    """Whoever gives access, and compliance, decides; never about a role that he holds himself."""
    if not actor.access.roles & {"system_administrator", "compliance"}:
        return NO("System administrators change roles, and compliance may approve it.")
    if role in actor.access.roles:
        return NO("Nobody changes a role that he holds himself.")
    return YES
