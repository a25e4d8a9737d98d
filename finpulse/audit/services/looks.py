"""Looks in the trail: keys, counts and filters; of the words typed to find something only what recognises them."""

from __future__ import annotations

import unicodedata
from typing import Any

from finpulse.audit.models import AuditEvent
from finpulse.kernel.encryption import blind_index
from finpulse.kernel.history.means import means_told
from finpulse.kernel.looking import Look

COLUMN = "audit.search"
MOST_WORDS = 8


def look_record(look: Look) -> None:
    """Add a look to the trail in one statement."""
    detail: dict[str, Any] = {**look.detail, **means_told()}
    if look.words:
        detail["search"] = {"words": word_marks(look.words), "length": len(look.words)}
    AuditEvent.objects.create(
        verb=look.verb,
        actor=look.actor,
        subject_type=look.subject_type,
        subject_id=look.subject_id,
        detail=detail,
    )


def word_marks(text: str) -> list[str]:
    """Give the keyed fingerprints by which a search is found again: of all that was typed, then of each word.

    Case, accents and blanks do not matter.
    """
    words = _plain(text).split()[:MOST_WORDS]
    marks = [blind_index(part, column=COLUMN) for part in ("".join(_plain(text).split()), *words)]
    return list(dict.fromkeys(filter(None, marks)))


def search_mark(text: str) -> str:
    """Give the fingerprint that a search for exactly this word, or these words in this order, has left."""
    return blind_index(_plain(text), column=COLUMN)


def _plain(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))
