"""What is particular to an organisation."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from crm.demo.dice import Dice, Weighted
from crm.demo.identifiers import registration_no
from crm.demo.names import organisation_name
from crm.models import Customer
from crm.names import plain

_HISTORY = 20 * 365
_SEGMENTS = Weighted({"SME": 86, "CORPORATE": 14})
_TURNOVER = {"SME": 9_000_000, "CORPORATE": 240_000_000}
_TAX_PAYER = 0.85


def organisation_facts(dice: Dice, number: int, *, seed: int, today: date, known: dict[str, Any]) -> dict[str, Any]:
    """Give an organisation's facts by field name, and `earliest_on`: when it can first have come to the bank."""
    name = known.get("organisation_name", organisation_name(dice))
    segment = _SEGMENTS.draw(dice)
    register = registration_no(number + seed)
    return {
        "kind": Customer.Kind.ORGANISATION.value,
        "given_name": "",
        "family_name": "",
        "organisation_name": name,
        "birth_on": None,
        "gender": "",
        "national_id": "",
        "tax_id": f"CZ{register}" if dice.chance(_TAX_PAYER) else "",
        "registration_no": register,
        "email": f"office@{_host(name)}-{number}.example",
        "phone": f"+4202{dice.below(100_000_000):08d}",
        "nationality": "",
        "language": "cs",
        "occupation": "",
        "annual_income": None,
        "annual_turnover": dice.yearly(_TURNOVER[segment], spread=0.9, unknown=0.1),
        "segment": segment,
        "pep": None,
        "investment_risk_profile": dice.below(5) + 1 if dice.chance(0.25) else None,
        "earliest_on": today - timedelta(days=_HISTORY),
    }


def _host(name: str) -> str:
    letters = "".join(letter if letter.isascii() and letter.isalnum() else " " for letter in plain(name))
    return "-".join(letters.split())[:40].strip("-") or "firm"
