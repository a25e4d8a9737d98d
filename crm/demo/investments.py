"""Funds and custody accounts."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from crm.demo.accounts import SIZE, opened
from crm.demo.currencies import WORTH
from crm.demo.dice import Dice, Weighted
from crm.demo.portfolios import bought, chosen, investment
from crm.demo.rows import CustomerRow
from crm.demo.securities import BY_NAME

_CUSTODY = "CUSTODY"
_FUNDS = Weighted(
    {
        ("Balanced fund", "FUND-BAL", "CZK"): 34,
        ("Government bond fund", "FUND-BOND", "CZK"): 22,
        ("Global equity fund", "FUND-EQ", "EUR"): 16,
        ("Dollar liquidity fund", "FUND-LIQ", "USD"): 7,
        ("Custody account", _CUSTODY, "CZK"): 12,
        ("Custody account", _CUSTODY, "EUR"): 3,
        ("Custody account", _CUSTODY, "USD"): 1.5,
        ("Custody account", _CUSTODY, "KWD"): 0.5,
        ("Tokyo index fund", "FUND-JP", "JPY"): 3,
        ("Gulf equity fund", "FUND-GULF", "KWD"): 1,
    }
)
_SECURITY_OF = {
    "FUND-BAL": "Demo Balanced Fund",
    "FUND-BOND": "Demo Government Bond Fund",
    "FUND-EQ": "Demo Global Equity Fund",
    "FUND-LIQ": "Demo Dollar Liquidity Fund",
    "FUND-JP": "Demo Tokyo Index Fund",
    "FUND-GULF": "Demo Gulf Equity Fund",
}
_HOLDS = {"MASS": 0.18, "AFFLUENT": 0.5, "PRIVATE": 0.8, "SME": 0.06, "CORPORATE": 0.3}
_AMOUNT = 90_000


def draw(dice: Dice, owner: CustomerRow, today: date) -> Iterator[dict[str, Any]]:
    """Yield what he has invested; the better off, the likelier."""
    if dice.chance(_HOLDS[owner.segment]):
        yield _bought(dice, owner, today)
        if dice.chance(0.4):
            yield _bought(dice, owner, today)


def _bought(dice: Dice, owner: CustomerRow, today: date) -> dict[str, Any]:
    name, code, currency = _FUNDS.draw(dice)
    amount = dice.about(_AMOUNT * min(SIZE[owner.segment], 12), spread=1.0) / WORTH[currency]
    securities = chosen(dice, currency) if code == _CUSTODY else [BY_NAME[_SECURITY_OF[code]]]
    lots = bought(dice, securities, amount, currency, today - timedelta(days=1))
    return investment(
        lots, currency, product_code=f"{code}-{currency}", name=name, opened_on=opened(dice, owner, today)
    )
