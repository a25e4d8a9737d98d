"""Rates, tiers and fees in words for the screen."""

from __future__ import annotations

from decimal import Decimal

from products.cdr.durations import duration_text
from products.models import Fee, Rate, RateTier

# Consumer Data Standards, "Product Fee Types".
_OCCASIONS = {
    "EVENT": "on an event",
    "TRANSACTION": "per transaction",
    "WITHDRAWAL": "per withdrawal",
    "DEPOSIT": "per deposit",
    "PAYMENT": "per payment",
    "PURCHASE": "per purchase",
    "UPFRONT": "at the beginning",
    "EXIT": "at the end",
    "VARIABLE": "at cost",
}
_UNITS = {"PERCENT": " %", "MONTH": " months", "DAY": " days"}


def group_label(rate: Rate) -> str:
    """Say what kind of rate it is: "Fixed, owner occupied, principal and interest"."""
    parts = [rate.type_label, *(_words(code) for code in (rate.loan_purpose, rate.repayment_type) if code)]
    return ", ".join(parts)


def best_rate_text(rate: Decimal | None, *, is_lending: bool) -> str:
    """Give "up to 5.00 %" of a deposit, "from 6.24 %" of a loan; a fraction per year comes in."""
    if rate is None:
        return "no rate published"
    return f"{'from' if is_lending else 'up to'} {(rate * 100).quantize(Decimal('0.01')):f} %"


def tier_text(tier: RateTier, currency: str) -> str:
    """Give "Term: 3 to 6 months", "Balance: AUD 5,000 and over"; a name that only repeats the figures is left out."""
    unit = _UNITS.get(tier.unit, "")
    low = _figure(tier.minimum)
    span = f"{low}{unit} and over" if tier.maximum is None else f"{low} to {_figure(tier.maximum)}{unit}"
    if tier.unit == "DOLLAR":
        span = f"{currency} {span}"
    named = tier.name and not any(letter.isdigit() for letter in tier.name)
    return f"{tier.name}: {span}" if named else span


def fee_occasion(fee: Fee) -> str:
    """Say when a fee falls due: "every month" of a periodic fee, else its kind with the bank's words, if any."""
    words = duration_text(fee.value)
    if fee.kind == "PERIODIC" and words:
        return f"every {words.removeprefix('1 ')}" if words != fee.value else words
    kind = _OCCASIONS.get(fee.kind, _words(fee.kind))
    return f"{kind}: {words}" if words and words == fee.value else kind


def _figure(value: Decimal) -> str:
    return f"{value.normalize():,f}"


def _words(code: str) -> str:
    return code.replace("_", " ").lower()
