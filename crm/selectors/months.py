"""What a customer had and owed at the end of each of the last twelve months."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db.models import DateField, F, Func, IntegerField, JSONField, TextField, Value

from crm.selectors.rates import OLDEST, Converted, Rate, Rates
from crm.selectors.sums import Sum

MONTHS = 12


@dataclass(frozen=True)
class MonthEnd:
    """The end of one month: what was there, what was owed (negative) and both together, at the rates of that day."""

    on: date
    assets: Converted
    debts: Converted
    net: Converted


class MonthsRead(Func):
    """Reads the months as JSON, for a query whose row has a customer's key.

    Counted are holdings owned at a month's end, open then, each once, with the last balance that it had in that month;
    one that had none is not known. A written-off one counts nowhere: since when it is, nobody told.
    """

    # LIMIT 1 has each holding looked up by its key: what a series brings is not known before, and is taken to be much.
    # The first day of the month of `today` less n months is the day after a month's end.
    template = """(
        SELECT coalesce(jsonb_agg(jsonb_build_object(
            'on', t.ends, 'currency', t.currency, 'assets', t.assets::text, 'debts', t.debts::text,
            'not_known', t.not_known, 'rate', r.rate::text, 'rate_on', r.as_of) ORDER BY t.ends, t.currency), '[]')
        FROM (
            SELECT m.ends, h.currency, asked.base, asked.oldest, count(*) FILTER (WHERE b.balance IS NULL) AS not_known,
                   sum(b.balance) FILTER (WHERE b.balance >= 0) AS assets,
                   sum(b.balance) FILTER (WHERE b.balance < 0) AS debts
            FROM (VALUES (%(expressions)s)) AS asked (customer_id, today, months, base, oldest)
            CROSS JOIN LATERAL (
                SELECT (date_trunc('month', today) - make_interval(months => n) - interval '1 day')::date AS ends,
                       (date_trunc('month', today) - make_interval(months => n + 1))::date AS starts
                FROM generate_series(0, months - 1) AS n
            ) m
            CROSS JOIN LATERAL (
                SELECT DISTINCT holding_id FROM crm_holdingparty
                WHERE customer_id = asked.customer_id AND role IN ('OWNER', 'JOINT')
                  AND (since_on IS NULL OR since_on <= m.ends) AND (until_on IS NULL OR until_on > m.ends)
            ) mine
            CROSS JOIN LATERAL (
                SELECT id, currency FROM crm_holding
                WHERE id = mine.holding_id AND opened_on <= m.ends AND (closed_on IS NULL OR closed_on > m.ends)
                  AND status NOT IN ('PENDING', 'WRITTEN_OFF') LIMIT 1
            ) h
            LEFT JOIN LATERAL (
                SELECT balance FROM crm_balance
                WHERE holding_id = h.id AND as_of BETWEEN m.starts AND m.ends ORDER BY as_of DESC LIMIT 1
            ) b ON true
            GROUP BY m.ends, h.currency, asked.base, asked.oldest
        ) t
        LEFT JOIN LATERAL (
            SELECT rate, as_of FROM crm_exchangerate
            WHERE base = t.base AND currency = t.currency AND as_of <= t.ends AND as_of > t.ends - t.oldest
            ORDER BY as_of DESC LIMIT 1
        ) r ON true
    )"""
    output_field = JSONField()


def months_read(today: date, customer: str = "pk") -> MonthsRead:
    """Give the twelve months before that of `today` as an annotation; `customer` names the customer's key."""
    return MonthsRead(
        F(customer),
        Value(today, DateField()),
        Value(MONTHS, IntegerField()),
        Value(settings.BASE_CURRENCY, TextField()),
        Value(OLDEST.days, IntegerField()),
    )


def months_of(facts: Iterable[Mapping[str, Any]], today: date) -> list[MonthEnd]:
    """Give the month ends, oldest first, from what `months_read` annotated; a month of no holding has empty totals."""
    facts = list(facts)
    return [_month([fact for fact in facts if fact["on"] == day.isoformat()], day) for day in month_ends(today)]


def month_ends(today: date) -> list[date]:
    """Give the last days of the twelve months before that of `today`, oldest first."""
    ends = [today.replace(day=1) - timedelta(days=1)]
    while len(ends) < MONTHS:
        ends.append(ends[-1].replace(day=1) - timedelta(days=1))
    return ends[::-1]


def _month(facts: list[Mapping[str, Any]], day: date) -> MonthEnd:
    assets, debts = Sum(), Sum()
    rates: dict[str, Rate] = {}
    for fact in facts:
        for total, amount in ((assets, fact["assets"]), (debts, fact["debts"])):
            if amount is not None:
                total.add(fact["currency"], Decimal(amount))
        assets.not_known += fact["not_known"]
        if fact["rate"] is not None:
            rates[fact["currency"]] = Rate(Decimal(fact["rate"]), date.fromisoformat(fact["rate_on"]))
    convert = Rates(settings.BASE_CURRENCY, rates).convert
    return MonthEnd(day, convert(assets), convert(debts), convert(assets + debts))
