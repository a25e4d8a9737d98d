"""Who acts and why, told to the database, so that its triggers write it into the history."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.db import connection
from django.db.transaction import TransactionManagementError

# The name under which pghistory's triggers read it.
SETTING = "pghistory.context_metadata"

request_name: ContextVar[str] = ContextVar("request_name", default="")
_acting: ContextVar[str] = ContextVar("acting", default="")


@contextmanager
def acting(*, actor: Any, verb: str, reason: str = "", **keys: Any) -> Iterator[None]:
    """Have the rows changed in this block say who changed them, by which verb and why; keys are ids, never names.

    `actor` None means FinPulse itself. It is one statement, holds for COPY and raw SQL too, and ends with the caller's
    transaction: what follows in that without a block of its own is taken for part of the same act.

    :raises TransactionManagementError: outside a transaction, where it would hold for nothing.
    """
    if not connection.in_atomic_block:
        raise TransactionManagementError(f"{verb} writes rows with a history outside a transaction.")
    facts = {"actor": getattr(actor, "pk", None), "verb": verb, "reason": reason, "request": request_name.get(), **keys}
    outer = _acting.get()
    text = json.dumps({name: fact for name, fact in facts.items() if name == "actor" or fact not in ("", None)})
    _tell(text)
    token = _acting.set(text)
    try:
        yield
    finally:
        _acting.reset(token)
    if outer:
        _tell(outer)


def _tell(text: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config(%s, %s, true)", [SETTING, text])
