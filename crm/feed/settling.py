"""After the parties are loaded: parts that the file no longer has go, and holdings without parts get their owner.

Judged by what the tables say, not by what this run did, so that a load that was cut short is settled by the next.
"""

from __future__ import annotations

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper
from psycopg.sql import SQL, Composed, Identifier

from crm.feed.load import Load
from crm.feed.report import Counts
from crm.feed.spared import Spared
from crm.feed.stage import Keys

HOLDING_KEYS = Keys("holdings", ("holding_no",), carried=("customer_no", "kind", "currency"))
PARTY_KEYS = Keys("parties", ("holding_no", "customer_no", "role"), carried=("share", "since_on", "until_on"))
PARTIES_SPARED = Spared("parties")
OWNERS = "owners"
LINES_AT_ONCE = 20_000
_STALE = Identifier("feed_parties_stale")

# A holding of which the file says something, and a part of it that the file does not have.
_UNSAID = SQL(
    """
    SELECT p.id
    FROM (SELECT DISTINCT holding_no FROM {parties}) k
    JOIN crm_holding h USING (holding_no) JOIN crm_holdingparty p ON p.holding_id = h.id
    JOIN crm_customer c ON c.id = p.customer_id
    LEFT JOIN {parties} s ON s.holding_no = k.holding_no AND s.customer_no = c.customer_no AND s.role = p.role
    WHERE s.line IS NULL AND NOT {spared}
    """
)
# A holding of which no file says a part: its primary owner is the owner. In a whole feed that is all there is to it;
# else what an earlier feed said stays, but for the lone owner, who is nobody's word but that of the primary owner then.
_OUTDATED = SQL(
    """
    SELECT p.id
    FROM {holdings} k JOIN crm_holding h USING (holding_no) JOIN crm_holdingparty p ON p.holding_id = h.id
    JOIN crm_customer c ON c.id = p.customer_id
    WHERE NOT (p.role = 'OWNER' AND c.customer_no = k.customer_no)
      AND NOT EXISTS (SELECT FROM {parties} s WHERE s.holding_no = k.holding_no)
      AND NOT {spared}
      AND (%(whole)s OR p.role = 'OWNER' AND num_nonnulls(p.share, p.amount, p.since_on, p.until_on) = 0
           AND NOT EXISTS (SELECT FROM crm_holdingparty o WHERE o.holding_id = p.holding_id AND o.id <> p.id))
    """
)
_WITHOUT_PARTS = SQL(
    """
    FROM {holdings} k LEFT JOIN crm_holding h USING (holding_no)
    LEFT JOIN crm_customer c ON c.customer_no = k.customer_no
    WHERE k.line BETWEEN %(first)s AND %(last)s
      AND NOT EXISTS (SELECT FROM {parties} s WHERE s.holding_no = k.holding_no)
      AND NOT EXISTS (SELECT FROM crm_holdingparty p WHERE p.holding_id = h.id
                      AND NOT EXISTS (SELECT FROM {stale} x WHERE x.id = p.id))
    """
)


def create_settling(cursor: CursorWrapper) -> None:
    """Make the temporary tables, empty."""
    PARTIES_SPARED.create(cursor)
    cursor.execute(SQL("DROP TABLE IF EXISTS {}").format(_STALE))
    cursor.execute(SQL("CREATE TEMPORARY TABLE {} (id bigint PRIMARY KEY)").format(_STALE))


def settle_parties(load: Load, *, has_file: bool, name: str) -> None:
    """Take away what is no longer said, then make owners. A dry run only counts."""
    whole = has_file and load.is_full
    with load.counted(OWNERS) as counts, connection.cursor() as cursor:
        for keys in (HOLDING_KEYS, PARTY_KEYS):
            cursor.execute(SQL("ANALYZE {}").format(keys.table))
        removed = _remove(cursor, load, whole=whole)
        counts.add(_make_owners(cursor, load))
        load.report.files[name if has_file else OWNERS].add(Counts(removed=removed))


def _remove(cursor: CursorWrapper, load: Load, *, whole: bool) -> int:
    with transaction.atomic():
        # The whole feed against the whole bank: hashed, its cost is the sum of both even where statistics are wrong.
        cursor.execute("SET LOCAL enable_nestloop = off")
        for query in (_UNSAID, _OUTDATED):
            statement = SQL("INSERT INTO {} {} ON CONFLICT DO NOTHING").format(_STALE, _named(query))
            cursor.execute(statement, {"whole": whole})
        if not load.dry_run:
            cursor.execute(SQL("DELETE FROM crm_holdingparty WHERE id IN (SELECT id FROM {})").format(_STALE))
        cursor.execute(SQL("SELECT count(*) FROM {}").format(_STALE))
        return int(cursor.fetchone()[0])


def _make_owners(cursor: CursorWrapper, load: Load) -> Counts:
    counts = Counts()
    cursor.execute(SQL("SELECT coalesce(max(line), 0) FROM {}").format(HOLDING_KEYS.table))
    (last_line,) = cursor.fetchone()
    counting = SQL("SELECT count(*) {}").format(_named(_WITHOUT_PARTS))
    writing = SQL("INSERT INTO crm_holdingparty (holding_id, customer_id, role) SELECT h.id, c.id, 'OWNER' {}").format(
        _named(_WITHOUT_PARTS)
    )
    for first in range(1, last_line + 1, LINES_AT_ONCE):
        lines = {"first": first, "last": first + LINES_AT_ONCE - 1}
        cursor.execute(counting if load.dry_run else writing, lines)
        counts.new += cursor.fetchone()[0] if load.dry_run else cursor.rowcount
    return counts


def _named(query: SQL) -> Composed:
    return query.format(
        holdings=HOLDING_KEYS.table,
        parties=PARTY_KEYS.table,
        spared=PARTIES_SPARED.spares("k.holding_no"),
        stale=_STALE,
    )
