"""The table of what the identity provider's claims give here."""

from __future__ import annotations

import zlib
from typing import Any

from django.conf import settings
from django.db import connection, transaction

from finpulse.audit.services import record
from finpulse.identity import policies
from finpulse.identity.models import ClaimKind, ClaimMapping, Unit
from finpulse.kernel.errors import DomainError
from finpulse.kernel.proposals import proposal_make
from finpulse.kernel.proposals.models import Proposal

# The name of the kind of proposal, which imports this module.
PROPOSAL = "identity.claim_mapping.set"
LOCK = zlib.crc32(b"identity.claim_mapping_begin")


class ClaimMappingSetRefused(DomainError):
    """The value may not give this, or not by this actor."""


@transaction.atomic
def claim_mapping_propose(
    *, kind: str, value: str, role: str, unit: Unit | None, reason: str, actor: Any
) -> Proposal | None:
    """Propose what a value gives; a role of "" and a unit of None propose that it gives nothing.

    The value has a line from here on, which gives nothing before somebody else approves. None when the bank asks for
    no second person: then it is done.

    :raises DomainError: with a sentence fit for the screen; then nothing is changed.
    """
    verdict = policies.may_propose_mappings(actor)
    if not verdict:
        raise ClaimMappingSetRefused(verdict.reason)
    mapping, _ = ClaimMapping.objects.get_or_create(issuer=settings.OIDC_ISSUER, kind=kind, value=value)
    payload = {
        "role": role,
        "unit": unit.pk if unit is not None else None,
        "was": {"role": mapping.role, "unit": mapping.unit_id},
    }
    return proposal_make(kind=PROPOSAL, subject_id=mapping.pk, payload=payload, reason=reason, actor=actor)


@transaction.atomic
def claim_mapping_set(
    *, claim_mapping_id: int, role: str, unit_id: int | None, reason: str, actor: Any
) -> ClaimMapping:
    """Have the value give this role or unit, from each person's next sign-in on.

    :raises ClaimMappingSetRefused: with a sentence fit for the screen.
    """
    mapping: ClaimMapping = ClaimMapping.objects.select_for_update(of=("self",)).get(pk=claim_mapping_id)
    verdict = policies.may_approve_mappings(actor)
    if not verdict:
        raise ClaimMappingSetRefused(verdict.reason)
    return _set(mapping, role=role, unit_id=unit_id, reason=reason, actor=actor)


@transaction.atomic
def claim_mapping_begin(*, value: str, reason: str, actor: Any) -> ClaimMapping:
    """Have a value give the role of system administrator, on the server, before there is anybody to propose it.

    :raises ClaimMappingSetRefused: when a value gives that role already: what follows is proposed in the console.
    """
    role = "system_administrator"
    _one_at_a_time()
    if ClaimMapping.objects.filter(issuer=settings.OIDC_ISSUER, role=role).exists():
        raise ClaimMappingSetRefused("A value gives that role already: a system administrator proposes the others.")
    mapping, _ = ClaimMapping.objects.get_or_create(issuer=settings.OIDC_ISSUER, kind=ClaimKind.ROLE, value=value)
    return _set(mapping, role=role, unit_id=None, reason=reason, actor=actor)


def _one_at_a_time() -> None:
    # Two at once would each find no line yet; whoever waits here finds the other's.
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])


def _set(mapping: ClaimMapping, *, role: str, unit_id: int | None, reason: str, actor: Any) -> ClaimMapping:
    if not policies.fits(mapping, role=role, unit_id=unit_id):
        raise ClaimMappingSetRefused(f"A value of the {mapping.get_kind_display()} claim cannot give this.")
    before = {"role": mapping.role, "unit": mapping.unit_id}
    mapping.role, mapping.unit_id = role, unit_id
    ClaimMapping.objects.filter(pk=mapping.pk).update(role=role, unit_id=unit_id)
    detail = {"claim": mapping.kind, "before": before, "after": {"role": role, "unit": unit_id}}
    record("identity.claim_mapping.set", actor=actor, subject=mapping, reason=reason, detail=detail)
    return mapping
