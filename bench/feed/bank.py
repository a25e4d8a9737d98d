"""A bank as a feed of any size, the same each time: one holding a customer, cells filled as a core fills them."""

from __future__ import annotations

import csv
import json
import random
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

OFFICERS, UNITS = 50, 20
# Every so-many-th row says something else in the feed that changes.
CHANGED = 10
_GIVEN = ("Jana", "Petr", "Eva", "Jiří", "Hana", "Tomáš", "Věra", "Ondřej", "Alžběta", "Marek", "Zdeňka", "Šimon")
_FAMILY = ("Nováková", "Svoboda", "Dvořáková", "Černý", "Procházková", "Kučera", "Veselá", "Horák", "Němcová", "Beneš")
_CITIES = ("Praha", "Brno", "Ostrava", "Plzeň", "Liberec", "Olomouc", "České Budějovice", "Hradec Králové")
_WORK = ("nurse", "teacher", "engineer", "driver", "accountant", "baker", "retired", "")

_OF_A_KIND = (
    *("given_name", "family_name", "organisation_name", "birth_on", "gender", "national_id", "tax_id"),
    *("registration_no", "nationality", "occupation", "annual_income", "annual_turnover", "segment"),
)
_OF_A_PRODUCT = (
    *("iban", "available", "credit_limit", "original_amount", "instalment", "next_due_on", "days_past_due"),
    *("overdue_amount", "matures_on"),
)

Row = dict[str, str]


def write_bank(folder: Path, rows: int, *, sequence: int, changed: bool = False) -> None:
    """Write the whole feed; `changed` has each tenth row say something else than the one without."""
    folder.mkdir()
    _write(folder / "units.csv", _units())
    _write(folder / "officers.csv", ({"officer_code": f"O{n}", "username": f"officer{n}"} for n in range(OFFICERS)))
    _write(folder / "customers.csv", _customers(rows, changed=changed))
    total = Decimal(0)

    def summed() -> Iterator[Row]:
        nonlocal total
        for row in _holdings(rows, changed=changed):
            total += Decimal(row["balance"])
            yield row

    _write(folder / "holdings.csv", summed())
    files: dict[str, dict[str, object]] = {"units.csv": {"rows": UNITS}, "officers.csv": {"rows": OFFICERS}}
    files |= {"customers.csv": {"rows": rows}, "holdings.csv": {"rows": rows, "control_totals": {"CZK": str(total)}}}
    said = {"format": "finpulse-feed/1", "source": "core", "business_date": "2026-11-23", "kind": "FULL"}
    (folder / "manifest.json").write_text(json.dumps(said | {"sequence": sequence, "files": files}), encoding="utf-8")


def _write(path: Path, rows: Iterator[Row]) -> None:
    with path.open("w", encoding="utf-8", newline="") as out:
        first = next(rows)
        writer = csv.DictWriter(out, list(first))
        writer.writeheader()
        writer.writerow(first)
        writer.writerows(rows)


def _units() -> Iterator[Row]:
    yield {"unit_code": "U0", "name": "Head office", "parent_code": "", "kind": "HEAD_OFFICE"}
    for n in range(1, UNITS):
        yield {"unit_code": f"U{n}", "name": f"Branch {n}", "parent_code": "U0", "kind": "BRANCH"}


def _customers(rows: int, *, changed: bool) -> Iterator[Row]:
    dice = random.Random(20261123)
    for n in range(rows):
        row = _customer(n, dice)
        if changed and n % CHANGED == 0:
            row |= {"city": "Zlín", "phone": f"+4207{n:08d}"}
        yield row


def _customer(n: int, dice: random.Random) -> Row:
    kind = _person(n, dice) if n % 10 != 9 else _organisation(n, dice)
    return {
        "customer_no": f"C{n:09d}",
        **dict.fromkeys(_OF_A_KIND, ""),
        **kind,
        "email": f"klient{n}@example.cz" if n % 4 else "",
        "phone": f"+4206{n:08d}",
        "address": f"Dlouhá {dice.randrange(1, 999)}/{n % 97}",
        "city": dice.choice(_CITIES),
        "region": "Jihomoravský kraj",
        "postal_code": f"{dice.randrange(10000, 79999)}",
        "country": "CZ",
        "language": "cs",
        "currency": "CZK",
        "status": "ACTIVE" if n % 20 else "DORMANT",
        "kyc_status": "CLEAR",
        "kyc_level": "STANDARD",
        "kyc_review_on": _day(dice, 2027, 2029),
        "aml_risk": "LOW",
        "pep": "false",
        "restricted": "false",
        "investment_risk_profile": str(1 + n % 5),
        "credit_rating": "B2",
        "officer_code": f"O{n % OFFICERS}",
        "unit_code": f"U{1 + n % (UNITS - 1)}",
        "booking_branch": f"U{1 + n % (UNITS - 1)}",
        "joined_on": _day(dice, 2010, 2025),
        "closed_on": "",
    }


def _person(n: int, dice: random.Random) -> Row:
    return {
        "kind": "PERSON",
        "given_name": dice.choice(_GIVEN),
        "family_name": dice.choice(_FAMILY),
        "birth_on": _day(dice, 1935, 2007),
        "gender": dice.choice(("F", "M")),
        "national_id": f"{dice.randrange(350101, 999999)}/{n:07d}",
        "nationality": "CZ",
        "occupation": dice.choice(_WORK),
        "annual_income": f"{dice.randrange(200, 2000)}000.00",
        "segment": "MASS",
    }


def _organisation(n: int, dice: random.Random) -> Row:
    return {
        "kind": "ORGANISATION",
        "organisation_name": f"{dice.choice(_FAMILY)} a synové {n} s.r.o.",
        "tax_id": f"CZ{n:010d}",
        "registration_no": f"{n:08d}",
        "annual_turnover": f"{dice.randrange(1, 900)}000000.00",
        "segment": "SME",
    }


def _holdings(rows: int, *, changed: bool) -> Iterator[Row]:
    dice = random.Random(7)
    for n in range(rows):
        row = _holding(n, dice)
        if changed and n % CHANGED == 0:
            row |= {"balance": "1234.50", "credit_limit": "50000.00"}
        yield row


def _holding(n: int, dice: random.Random) -> Row:
    amount = Decimal(dice.randrange(1, 90_000_000)) / 100
    return {
        "holding_no": f"H{n:09d}",
        "customer_no": f"C{n:09d}",
        "currency": "CZK",
        "balance_as_of": "2026-11-23",
        "opened_on": _day(dice, 2012, 2025),
        "closed_on": "",
        "status": "ACTIVE",
        **dict.fromkeys(_OF_A_PRODUCT, ""),
        **(_account(n, amount) if n % 5 != 4 else _loan(dice, amount)),
    }


def _account(n: int, amount: Decimal) -> Row:
    return {
        "kind": "ACCOUNT",
        "product_code": "CURRENT-1",
        "name": "Current account",
        "iban": f"CZ650800000{n:013d}",
        "balance": str(amount),
        "available": str(amount),
        "credit_limit": "20000.00",
        "rate": "0.005",
        "rate_type": "VARIABLE",
    }


def _loan(dice: random.Random, amount: Decimal) -> Row:
    return {
        "kind": "LOAN",
        "product_code": "LOAN-1",
        "name": "Consumer loan",
        "balance": str(-amount),
        "original_amount": "900000.00",
        "rate": "0.0689",
        "rate_type": "FIXED",
        "instalment": "9500.00",
        "next_due_on": "2026-12-15",
        "days_past_due": "0",
        "overdue_amount": "0.00",
        "matures_on": _day(dice, 2027, 2045),
    }


def _day(dice: random.Random, first: int, last: int) -> str:
    return f"{dice.randint(first, last)}-{dice.randint(1, 12):02d}-{dice.randint(1, 28):02d}"
