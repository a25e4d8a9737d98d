"""The names under which the core-banking system knows customer managers."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from finpulse.audit.services import record
from finpulse.identity.models import OfficerCode, User


@transaction.atomic
def officer_code_set(*, code: str, user: User, actor: Any) -> tuple[OfficerCode, bool]:
    """Say whom this code means, moving it from another if need be. Gives the code and whether anything changed."""
    known = OfficerCode.objects.select_for_update().filter(code=code).first()
    if known is not None and known.user_id == user.pk:
        return known, False
    before = known.user_id if known is not None else None
    officer, _ = OfficerCode.objects.update_or_create(code=code, defaults={"user": user})
    record("identity.officer_code.set", actor=actor, subject=officer, detail={"user": user.pk, "before": before})
    return officer, True
