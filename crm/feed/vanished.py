"""What a whole feed no longer has of its source: listed, and closed when operations say so."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.backends.utils import CursorWrapper
from psycopg.sql import SQL, Composed

from crm.feed.customers import CUSTOMER_KEYS
from crm.feed.customers.tables import CUSTOMERS_SPARED
from crm.feed.files import customers, holdings, relationships
from crm.feed.forms import Form
from crm.feed.load import Load
from crm.feed.refusals import FeedLoadRefused
from crm.feed.settling import HOLDING_KEYS
from crm.feed.spared import Spared
from crm.feed.stage import Keys
from finpulse.audit.services import record

# More than this part of what is known of a file is rather a feed cut short than a bank shrinking in a night.
MOST_CLOSED = Decimal("0.05")

# Is told the file and the key of what vanished.
OnVanished = Callable[[str, str], None]


class ClosingRefused(FeedLoadRefused):
    """The feed is loaded, but nothing that it no longer has was closed, and the sentence says why."""


@dataclass(frozen=True)
class Vanishing:
    """How rows of a file are found missing, over the table as `t`, and what closes those that may be closed."""

    form: Form
    keys: Keys
    spared: Spared
    rows: str
    still_open: str
    key: str
    same: str
    spared_by: str
    close: str
    may_close: str = "true"

    @property
    def known(self) -> Composed:
        """The FROM clause with what is known of the source and still open."""
        return SQL("FROM {} WHERE t.source = %(source)s AND {}").format(SQL(self.rows), SQL(self.still_open))

    @property
    def missing(self) -> Composed:
        """The same without what the feed has, or had in a row that was refused."""
        return SQL("{} AND NOT EXISTS (SELECT FROM {} k WHERE {}) AND NOT {}").format(
            self.known, self.keys.table, SQL(self.same), self.spared.spares(self.spared_by)
        )


VANISHING = (
    Vanishing(
        customers.FORM, CUSTOMER_KEYS, CUSTOMERS_SPARED,
        rows="crm_customer t",
        still_open="t.status <> 'CLOSED'",
        key="t.customer_no",
        same="k.customer_no = t.customer_no",
        spared_by="t.customer_no",
        close="UPDATE crm_customer SET status = 'CLOSED', closed_on = greatest(joined_on, %(day)s), updated_at = now()",
        # Who died stays among the dead, for his heirs and for those who write letters: he is only listed.
        may_close="t.status <> 'DECEASED'",
    ),
    Vanishing(
        holdings.FORM, HOLDING_KEYS, holdings.HOLDINGS_SPARED,
        rows="crm_holding t",
        still_open="t.status NOT IN ('CLOSED', 'WRITTEN_OFF')",
        key="t.holding_no",
        same="k.holding_no = t.holding_no",
        spared_by="t.holding_no",
        close="UPDATE crm_holding SET status = 'CLOSED', closed_on = greatest(opened_on, %(day)s), updated_at = now()",
    ),
    Vanishing(
        relationships.FORM, relationships.KEYS, relationships.SPARED,
        rows="crm_relationship t JOIN crm_customer c ON c.id = t.customer_id"
        " JOIN crm_customer o ON o.id = t.related_id",
        still_open="(t.until_on IS NULL OR t.until_on > %(day)s) AND (t.since_on IS NULL OR t.since_on < %(day)s)",
        key="concat_ws(' ', c.customer_no, t.kind, o.customer_no)",
        same="k.customer_no = c.customer_no AND k.related_customer_no = o.customer_no AND k.kind = t.kind",
        spared_by="c.customer_no",
        close="UPDATE crm_relationship SET until_on = %(day)s",
    ),
)  # fmt: skip


def settle_vanished(load: Load, *, close: bool, at_any_rate: bool, on_vanished: OnVanished) -> None:
    """List what a whole feed no longer has, and close it if asked; a dry run only says what it would close or refuse.

    :raises ClosingRefused: when more than 5 % of what is known would be closed and it is not wanted `at_any_rate`.
    """
    if not load.is_full:
        load.report.remarks += ["A DELTA does not tell what vanished: nothing was closed."] if close else []
        return
    facts = {"source": load.folder.source, "day": load.day}
    told = [vanishing for vanishing in VANISHING if load.has(vanishing.form)]
    with load.writing() as cursor:
        counts = {vanishing.form.name: _list(cursor, load, vanishing, facts, on_vanished) for vanishing in told}
        if close:
            _refuse_too_many(counts, at_any_rate=at_any_rate)
            for vanishing in told:
                closed = counts[vanishing.form.name][0] if load.dry_run else _close(cursor, vanishing, facts)
                load.report.vanished[vanishing.form.name].closed = closed
            _record(load)


def _refuse_too_many(counts: dict[str, tuple[int, int]], *, at_any_rate: bool) -> None:
    for name, (closing, known) in counts.items():
        if closing > MOST_CLOSED * known and not at_any_rate:
            raise ClosingRefused(_too_many(name, closing, known))


def _record(load: Load) -> None:
    closed = {name: vanished.closed for name, vanished in load.report.vanished.items()}
    if any(closed.values()) and not load.dry_run:
        record("crm.feed.missing_closed", actor=load.actor, detail=closed | {"feed_load": load.load_id})


def _list(
    cursor: CursorWrapper, load: Load, vanishing: Vanishing, facts: dict[str, Any], on_vanished: OnVanished
) -> tuple[int, int]:
    vanished, closing = load.report.vanished[vanishing.form.name], 0
    cursor.execute(SQL("ANALYZE {}").format(vanishing.keys.table))
    found = SQL("SELECT {}, {} {} ORDER BY 1").format(SQL(vanishing.key), SQL(vanishing.may_close), vanishing.missing)
    cursor.execute(found, facts)
    for key, may_close in cursor:
        vanished.add(key)
        on_vanished(vanishing.form.name, key)
        closing += may_close
    cursor.execute(SQL("SELECT count(*) {}").format(vanishing.known), facts)
    return closing, int(cursor.fetchone()[0])


def _close(cursor: CursorWrapper, vanishing: Vanishing, facts: dict[str, Any]) -> int:
    found = SQL("SELECT t.id {} AND {}").format(vanishing.missing, SQL(vanishing.may_close))
    cursor.execute(SQL("{} WHERE id IN ({})").format(SQL(vanishing.close), found), facts)
    return int(cursor.rowcount)


def _too_many(name: str, closing: int, known: int) -> str:
    return (
        f"{closing:,} of {known:,} rows known of {name} are not in this feed, more than {MOST_CLOSED:.0%}:"
        " none was closed. Look at the feed; --yes closes them all the same."
    )
