-- What somebody has and owes on a day, worked out from the words of domain.md and from nothing of FinPulse's code: one
-- row for each of them, figure and currency with the sum of what is known and how many amounts are not. {who} selects
-- who is asked of and the customers that are his: a customer himself, a manager's, a unit's.
WITH day AS (SELECT %(today)s::date AS today),
those (who, customer_id) AS ({who}),
running AS (  -- parts of today: from since_on, until before until_on
    SELECT party.* FROM crm_holdingparty party, day WHERE daterange(since_on, until_on, '[)') @> today
),
there AS (  -- what is owned, alone or jointly, once each; neither to come nor over
    SELECT own.who, h.id, h.kind, h.status, h.currency, h.balance, h.credit_limit
    FROM (SELECT DISTINCT who, holding_id FROM running JOIN those USING (customer_id) WHERE role IN ('OWNER', 'JOINT')) own
    JOIN crm_holding h ON h.id = own.holding_id
    WHERE h.status NOT IN ('PENDING', 'CLOSED', 'WRITTEN_OFF')
),
assets AS (
    SELECT * FROM there
    WHERE balance > 0 OR (kind NOT IN ('LOAN', 'CARD') AND (balance = 0 OR balance IS NULL))
),
debts AS (SELECT * FROM there WHERE id NOT IN (SELECT id FROM assets)),
open_lines AS (  -- what of a line is not drawn; nothing where more is drawn than granted
    SELECT there.*,
           CASE WHEN balance IS NULL THEN NULL
                WHEN balance >= 0 THEN credit_limit
                WHEN credit_limit + balance < 0 THEN 0
                ELSE credit_limit + balance END AS undrawn
    FROM there WHERE credit_limit <> 0 AND status NOT IN ('BLOCKED', 'MATURED')
),
told (who, figure, currency, amount) AS (
    SELECT who, 'deposits', currency, balance FROM assets WHERE kind <> 'INVESTMENT'
    UNION ALL SELECT who, 'investments', currency, balance FROM assets WHERE kind = 'INVESTMENT'
    UNION ALL SELECT who, 'lending_drawn', currency, -balance FROM debts
    UNION ALL SELECT who, 'undrawn', currency, undrawn FROM open_lines
    UNION ALL SELECT who, 'business_volume', currency, balance FROM assets
    UNION ALL SELECT who, 'business_volume', currency, -balance FROM debts
    UNION ALL SELECT who, 'net_position', currency, balance FROM there
    -- exposure: drawn and undrawn of one line are one amount, known if both are
    UNION ALL SELECT debts.who, 'exposure', debts.currency,
                     CASE WHEN line.id IS NULL THEN -debts.balance ELSE line.undrawn - debts.balance END
              FROM debts LEFT JOIN open_lines line ON (line.who, line.id) = (debts.who, debts.id)
    UNION ALL SELECT who, 'exposure', currency, undrawn FROM open_lines
              WHERE id NOT IN (SELECT id FROM debts)
    UNION ALL SELECT who, 'guarantees', h.currency, running.amount
              FROM running JOIN those USING (customer_id) JOIN crm_holding h ON h.id = running.holding_id
              WHERE role = 'GUARANTOR' AND h.status NOT IN ('PENDING', 'CLOSED', 'WRITTEN_OFF')
)
SELECT who, figure, currency, sum(amount), count(*) FILTER (WHERE amount IS NULL)
FROM told GROUP BY who, figure, currency
