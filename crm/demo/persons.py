"""What is particular to a person."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from crm.demo.dice import Dice, Weighted
from crm.demo.identifiers import birth_and_serial, national_id
from crm.demo.names import LOCALES, OF_NATION
from crm.models import Customer
from crm.names import plain

_YOUNGEST, _DAYS = 16 * 365 + 4, 70 * 365
_HISTORY = 25 * 365
_SEGMENTS = Weighted({"MASS": 72, "AFFLUENT": 21, "PRIVATE": 7})
_INCOME = {"MASS": 430_000, "AFFLUENT": 980_000, "PRIVATE": 2_600_000}
_OCCUPATIONS = (
    "teacher", "nurse", "electrician", "accountant", "software developer", "shop assistant", "driver", "civil servant",
    "physician", "architect", "student", "pensioner", "self-employed", "cook", "sales representative", "machinist",
    "lawyer", "researcher", "farmer", "hairdresser", "police officer",
)  # fmt: skip
_MAIL = ("post.example", "mail.example", "schranka.example", "inbox.example.com")
_MOBILE = (
    601,
    602,
    603,
    604,
    605,
    606,
    607,
    608,
    702,
    720,
    721,
    724,
    725,
    728,
    730,
    731,
    732,
    733,
    734,
    736,
    737,
    739,
    770,
)
_CHILD_DAYS = 15 * 365
_UNKNOWN_BIRTH, _WITHOUT_ID, _ENTREPRENEUR, _PEP = 0.004, 0.02, 0.12, 0.008


def birth_of_adult(number: int, seed: int, today: date) -> tuple[date, int]:
    """Give when the person of this number is born unless something else is known, and a serial of that day."""
    return birth_and_serial(number, seed=seed, youngest=today - timedelta(days=_YOUNGEST), days=_DAYS)


def birth_of_child(number: int, seed: int, today: date) -> tuple[date, int]:
    """Give the same for a child, younger than anybody else."""
    return birth_and_serial(number, seed=seed, youngest=today - timedelta(days=30), days=_CHILD_DAYS)


def _document(dice: Dice, birth_on: date | None, serial: int, *, woman: bool) -> str:
    return "" if birth_on is None or dice.chance(_WITHOUT_ID) else national_id(birth_on, serial, woman=woman)


def person_facts(dice: Dice, number: int, *, seed: int, today: date, known: dict[str, Any]) -> dict[str, Any]:
    """Give a person's facts by field name, and `earliest_on`: when he can first have come to the bank."""
    locale, woman = LOCALES.draw(dice), dice.chance(0.5)
    locale = OF_NATION.get(known.get("nationality", ""), locale)
    if "gender" in known:
        woman = known["gender"] == "FEMALE"
    given, family = locale.name(dice, woman=woman)
    given, family = known.get("given_name", given), known.get("family_name", family)
    born_on, serial = birth_of_adult(number, seed, today)
    serial = known.get("serial", serial)
    birth_on: date | None = known.get("birth_on", None if dice.chance(_UNKNOWN_BIRTH) else born_on)
    document = _document(dice, birth_on, serial, woman=woman)
    segment = _SEGMENTS.draw(dice)
    return {
        "kind": Customer.Kind.PERSON.value,
        "given_name": given,
        "family_name": family,
        "organisation_name": "",
        "birth_on": birth_on,
        "gender": "FEMALE" if woman else "MALE",
        "national_id": document,
        "tax_id": f"CZ{document.replace('/', '')}" if document and dice.chance(_ENTREPRENEUR) else "",
        "registration_no": "",
        "email": _email(dice, given, family, number),
        "phone": f"+420{dice.pick(_MOBILE)}{dice.below(1_000_000):06d}" if dice.chance(0.96) else "",
        "nationality": locale.nationality,
        "language": locale.language,
        "occupation": dice.pick(_OCCUPATIONS),
        "annual_income": dice.yearly(_INCOME[segment], spread=0.45, unknown=0.08),
        "annual_turnover": None,
        "segment": segment,
        "pep": None if dice.chance(0.02) else dice.chance(_PEP),
        "investment_risk_profile": dice.below(5) + 1 if dice.chance(0.55) else None,
        "earliest_on": _earliest(birth_on, today),
    }


def _email(dice: Dice, given: str, family: str, number: int) -> str:
    if dice.chance(0.12):
        return ""
    letters = "".join(
        letter for letter in plain(f"{given}.{family}") if letter.isascii() and (letter.isalnum() or letter == ".")
    )
    # Scripts without Latin letters leave only the dot.
    return f"{letters.strip('.') or 'customer'}.{number}@{dice.pick(_MAIL)}"


def _earliest(birth_on: date | None, today: date) -> date:
    earliest = today - timedelta(days=_HISTORY)
    return earliest if birth_on is None else max(earliest, min(birth_on + timedelta(days=15 * 365), today))
