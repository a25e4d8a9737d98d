"""A family: a mortgage and an account in common, a child's savings, a ward, and a grandmother at another unit."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from crm.demo.cast.member import Member, Part, Said, Tie, Todo, person
from crm.demo.cast.pieces import account, deposit, loan, savings

ONDREJ, KLARA, ANEZKA, JAROSLAVA, SIMON = range(21, 26)
HALF = Decimal("0.5")
HOME = {"address": "Zahradní 17", "city": "Liberec", "region": "Liberecký kraj", "postal_code": "460 01"}
WEDDING = date(2014, 5, 24)


def ondrej(today: date) -> Member:
    """The father; his wife owns half of the mortgage and of the account, and once operated his own."""
    own = {"since_on": today - timedelta(days=1500), "until_on": today - timedelta(days=700)}
    return Member(
        "alice",
        person("Ondřej", "Beránek", woman=False, birth_on=date(1985, 4, 11), occupation="machinist", **HOME),
        [
            account("86240.35", today, name="Family account"),
            loan("-2715400.00", "3100000.00", today, years_left=24, name="Mortgage, family house"),
            account("-12480.00", today, credit_limit=30_000, available=Decimal("17520.00"), years=9),
        ],
        [Said(41, 200, "MEETING", "OUTBOUND", "Came with his wife: an extension of the house, about 600 thousand.")],
        [Todo(2, "Send the terms of a second mortgage drawing")],
        [
            Part(KLARA, 0, "JOINT", {"share": HALF, "since_on": WEDDING + timedelta(days=3000)}),
            Part(KLARA, 1, "JOINT", {"share": HALF}),
            Part(KLARA, 2, "AUTHORISED", own),
        ],
        [
            Tie(KLARA, "SPOUSE", {"since_on": WEDDING}),
            Tie(ANEZKA, "PARENT_OF"),
            Tie(JAROSLAVA, "ATTORNEY_OF", {"since_on": date(2024, 2, 1)}),
        ],
    )


def klara(today: date) -> Member:
    """The mother; she also has a ward."""
    return Member(
        "alice",
        person("Klára", "Beránková", woman=True, birth_on=date(1987, 9, 30), occupation="teacher", **HOME),
        [account("41890.00", today, years=8), deposit("180000.00", today, matures_in=35)],
        ties=[
            Tie(ANEZKA, "PARENT_OF"),
            Tie(SIMON, "LEGAL_GUARDIAN_OF", {"since_on": date(2023, 11, 15)}),
        ],
    )


def anezka(today: date) -> Member:
    """Their daughter, with savings that both parents operate."""
    parents = [Part(ONDREJ, 0, "AUTHORISED"), Part(KLARA, 0, "AUTHORISED")]
    return Member(
        "alice", _child("Anežka", "Beránková", today, woman=True, years=8), [savings("64300.00", today)], parts=parents
    )


def jaroslava(today: date) -> Member:
    """The grandmother, a customer of South; her son has a power of attorney."""
    return Member(
        "charlie",
        person(
            "Jaroslava", "Beránková", woman=True, birth_on=date(1951, 12, 2), segment="MASS", occupation="pensioner"
        ),
        [account("152700.00", today, years=17), deposit("500000.00", today, matures_in=80)],
        parts=[Part(ONDREJ, 0, "AUTHORISED", {"since_on": date(2024, 2, 1)})],
        ties=[Tie(ONDREJ, "PARENT_OF")],
    )


def simon(today: date) -> Member:
    """A ward of Klára's, of another name."""
    carer = [Part(KLARA, 0, "AUTHORISED", {"since_on": date(2023, 11, 15)})]
    return Member(
        "alice", _child("Šimon", "Kalina", today, woman=False, years=13), [savings("18220.00", today)], parts=carer
    )


def _child(given: str, family: str, today: date, *, woman: bool, years: int) -> dict[str, Any]:
    facts: dict[str, Any] = {"segment": "MASS", "annual_income": None, "occupation": "pupil", "email": "", "tax_id": ""}
    born_on = today.replace(day=1) - timedelta(days=years * 365 + 100)
    return person(given, family, woman=woman, birth_on=born_on, **HOME | facts)


FAMILY = (ondrej, klara, anezka, jaroslava, simon)
