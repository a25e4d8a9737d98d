"""Events for the trail: so many that a page of them cannot read them all."""

from __future__ import annotations

from django.db import connection

# What colleagues do all day: most look at a customer, some look at holdings, search or change something. A tenth of the
# rows that the events are about are no more.
EVENTS = """
INSERT INTO audit_auditevent (at, actor_id, verb, subject_type, subject_id, reason, detail)
SELECT now() - interval '1 year' * (1 - n / %(events)s::float),
       actors.ids[1 + (n * 7919 %% array_length(actors.ids, 1))],
       (ARRAY['crm.customer.viewed', 'crm.customer.viewed', 'crm.holding.viewed', 'crm.customer.edited',
              'crm.customer.listed', 'crm.identifier.revealed', 'identity.user.signed_in', 'crm.interaction.logged'
             ])[1 + n %% 8],
       (ARRAY['crm.customer', 'crm.customer', 'crm.holding', 'crm.customer', '', 'crm.customer', 'identity.user',
              'crm.interaction'])[1 + n %% 8],
       CASE n %% 8 WHEN 4 THEN NULL WHEN 6 THEN 1 + n %% 20 ELSE customers.first + n * 104729 %% (customers.range) END,
       '', '{"surface": "page", "by": "charge"}'
FROM generate_series(1, %(events)s::bigint) AS n,
     (SELECT array_agg(id ORDER BY id) AS ids FROM identity_user) AS actors,
     (SELECT min(id) AS first, (max(id) - min(id) + 1) * 11 / 10 AS range FROM crm_customer) AS customers
"""


def write_events(count: int) -> str:
    """Write events of a year; give a sentence about the trail's size."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = 0")
        cursor.execute(EVENTS, {"events": count})
        cursor.execute("ANALYZE audit_auditevent")
        cursor.execute(
            "SELECT count(*), pg_size_pretty(pg_total_relation_size('audit_auditevent')) FROM audit_auditevent"
        )
        events, size = cursor.fetchone()
    return f"{events:,} events in the trail, {size}."
