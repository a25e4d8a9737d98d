"""A token for an integration, by two system administrators, neither of whom ever holds it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Q

from finpulse.identity import policies
from finpulse.identity.models import ApiToken, User
from finpulse.identity.services.service_tokens import api_token_offer
from finpulse.identity.token_facts import check_facts
from finpulse.kernel.access import NO, YES, Verdict
from finpulse.kernel.api.scopes import scope_words
from finpulse.kernel.errors import InputError
from finpulse.kernel.proposals import Change, ProposalKind, fingerprint_of
from finpulse.kernel.proposals.models import Proposal

KEEPER = "keeper"


class ServiceToken(ProposalKind):
    """The payload: what the token may be, `name`, `scopes`, `days`, and the key of its `keeper`, for whom it waits."""

    name = "identity.apitoken.service"
    label = "Service token"
    subject_type = "identity.user"
    appointed = "a second system administrator"

    def may_propose(self, actor: Any, subject: User, payload: Mapping[str, Any]) -> Verdict:
        """A system administrator does, for an integration, what a token can be."""
        try:
            check_facts(kind=ApiToken.Kind.SERVICE, **_facts(payload))
        except InputError as error:
            return NO(str(error))
        return self.may_approve(actor, subject, payload)

    def may_approve(self, actor: Any, subject: User, payload: Mapping[str, Any]) -> Verdict:
        """A system administrator does."""
        verdicts = (
            policies.may_look_after_api_tokens(actor),
            policies.may_bear_service_token(subject),
            policies.may_keep_service_token(_keeper(payload)),
        )
        return next((verdict for verdict in verdicts if not verdict), YES)

    def may_refuse(self, actor: Any, subject: User, payload: Mapping[str, Any]) -> Verdict:
        """A system administrator does, whoever was to answer for it."""
        return policies.may_look_after_api_tokens(actor)

    def approvers(self, subject: User | None) -> Iterable[User]:
        """System administrators."""
        return User.objects.at_work_as("system_administrator")

    def seen_by(self, user: Any) -> Q | None:
        """Those who look after tokens."""
        return super().seen_by(user) if policies.may_look_after_api_tokens(user) else None

    def fingerprint(self, subject: User, payload: Mapping[str, Any]) -> str:
        """Whether the account is in use; its role is judged anew."""
        return fingerprint_of(subject, "is_active")

    def diff(self, subject: User, payload: Mapping[str, Any], viewer: Any) -> list[Change]:
        """What it is for, and how long."""
        return [
            Change("Token", "none", str(payload["name"])),
            Change("Answered for by", "", str(_keeper(payload) or "nobody")),
            Change("May", "", ", ".join(scope_words(payload["scopes"]))),
            Change("Ends after", "", f"{payload['days']} days"),
        ]

    def apply(
        self, *, subject: User, payload: Mapping[str, Any], actor: Any, reason: str, proposal: Proposal | None
    ) -> None:
        """Have it ready for who answers for it."""
        api_token_offer(user=subject, **_facts(payload), keeper=_keeper(payload), actor=actor)


def _facts(payload: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in payload.items() if name != KEEPER}


def _keeper(payload: Mapping[str, Any]) -> User | None:
    return User.objects.filter(pk=payload.get(KEEPER)).first()
