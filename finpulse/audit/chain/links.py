"""Adding links to the chain."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from finpulse.audit.chain.forms import CURRENT_FORM, digest, mac_of
from finpulse.audit.chain.horizon import Mark
from finpulse.audit.chain.keys import active_key
from finpulse.audit.models import AuditSeal


class Chain:
    """The chain's end, as one pass moves it. The caller holds the sealer's lock."""

    def __init__(self, last: AuditSeal | None, mark: Mark, now: datetime) -> None:
        self.last, self.added, self.events = last, 0, 0
        self._mark, self._now = mark, now

    @property
    def horizon(self) -> int:
        """The id up to which every event is sealed."""
        return self.last.horizon if self.last else 0

    def add(self, batch: list[tuple[Any, ...]], horizon: int) -> None:
        """Seal these events, ordered by id, or none; the horizon never goes back."""
        last, (key_id, key) = self.last, active_key()
        ids = [event[0] for event in batch]
        seal = AuditSeal(
            sequence=last.sequence + 1 if last else 1,
            event_ids=ids,
            digests=b"".join(digest(event) for event in batch),
            form=CURRENT_FORM,
            last_id=max([*ids[-1:], last.last_id if last else 0]),
            horizon=max(self.horizon, horizon),
            ceiling=self._mark.ceiling,
            ceiling_xmax=self._mark.xmax,
            previous_mac=last.mac if last else "",
            key_id=key_id,
            sealed_at=self._now,
        )
        seal.mac = mac_of(seal, key)
        seal.save(force_insert=True)
        self.last, self.added, self.events = seal, self.added + 1, self.events + len(batch)
