"""What was said with a customer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from crm.demo.cast import Said
from crm.demo.dice import Dice, Weighted
from crm.demo.rows import CustomerRow, InteractionRow

_CHANNELS = Weighted({"CALL": 50, "EMAIL": 24, "MEETING": 12, "CHAT": 7, "SMS": 4, "VISIT": 3})
_OPEN, _LAST_HOUR_MINUTES = 8, 9 * 60
_SATURDAY = 5
_LATELY = 150
_LONGEST_AGO = 1400
_MOST_BY_CHANCE = 4
_SUMMARIES = (
    "Asked about rates for a 12-month deposit. Wants to compare before deciding.",
    "Confirmed the new address; documents to follow by post.",
    "Card limit too low for a trip abroad. Raised it for two weeks.",
    "Talked about refixing the mortgage. Prefers five years, fears higher instalments.",
    "Complained about the fee for a foreign payment. Explained the tariff; accepted.",
    "Annual review. Income unchanged, no new loans elsewhere, happy with the service.",
    "Interested in the balanced fund. Sent the key information document.",
    "Wants to open an account for her daughter – což rádi zařídíme.",
    "Not reached: left a message with the assistant.",
    "Brought the financial statements for last year. Scans are with the analyst.",
    "Asked when the building savings can be drawn without losing the state's contribution.",
    "Lost card blocked, a new one ordered to the branch.",
    "Would like a call back after 17:00; works shifts.",
    "Poptává úvěr na rekonstrukci – orientačně 600 tisíc na sedm let.",
    "Asked for a confirmation of balances for the auditor.",
    "Thinks of moving savings elsewhere: competitor offers more. Promised an answer this week.",
    "Reported a change of director; signature card to be renewed.",
    "Thanked for quick help with the blocked payment.",
    "Discussed the currency risk of invoices in EUR; interested in a EUR account.",
    "No change of circumstances. Due diligence questionnaire signed.",
)


class InteractionMaker:
    """Makes what was said in one bank; the bank's hours are in its own time zone."""

    def __init__(self, *, today: date, zone: ZoneInfo, per_customer: int | None, fallback: int) -> None:
        """`fallback` is who speaks for a customer without a manager."""
        self.today, self._zone = today, zone
        self._per_customer, self._fallback = per_customer, fallback

    def interactions(self, dice: Dice, customer: CustomerRow, known: Sequence[Said] = ()) -> Iterator[InteractionRow]:
        """Yield what is known, then what chance gives him; in all as many as the plan asks for, if it does."""
        for said in known[: self._per_customer]:
            at = self.moment(said.days_ago, said.minutes)
            yield self.said(customer, at, said.channel, said.direction, said.summary)
        for _ in range(self._count(dice, customer, len(known))):
            days = min(1 + int(dice.expovariate(1 / _LATELY)), _LONGEST_AGO)
            minutes = dice.below(_LAST_HOUR_MINUTES)
            direction = "INBOUND" if dice.chance(0.4) else "OUTBOUND"
            yield self.said(
                customer, self.moment(days, minutes), _CHANNELS.draw(dice), direction, dice.pick(_SUMMARIES)
            )

    def said(self, customer: CustomerRow, at: datetime, channel: str, direction: str, summary: str) -> InteractionRow:
        """Give one interaction, written by the customer's manager."""
        author = customer.manager_id or self._fallback
        return InteractionRow(customer.id, channel, direction, at, summary, author, at)

    def moment(self, days_ago: int, minutes: int) -> datetime:
        """Give a moment so many days before today and minutes after opening, on Friday instead of a weekend."""
        day = self.today - timedelta(days=days_ago)
        day -= timedelta(days=max(day.weekday() - _SATURDAY + 1, 0))
        return datetime.combine(day, time(_OPEN + minutes // 60, minutes % 60), self._zone)

    def _count(self, dice: Dice, customer: CustomerRow, known: int) -> int:
        if self._per_customer is not None:
            return max(self._per_customer - known, 0)
        if known or customer.manager_id is None or not dice.chance(0.3):
            return 0
        return 1 + dice.below(_MOST_BY_CHANCE)
