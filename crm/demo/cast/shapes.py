"""Customers of shapes that none of the others has: in default, invested all over the world, and not yet a customer."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from crm.demo.arrears import exceeded, late
from crm.demo.cast.member import Member, Said, Todo, person
from crm.demo.cast.pieces import account, card, custody, fund, loan
from crm.demo.currencies import UNQUOTED


def in_default(today: date) -> Member:
    """In default on a loan, late on a card and beyond a limit; an older loan is written off."""
    facts = person(
        "Milan",
        "Propadl",
        woman=False,
        birth_on=date(1980, 3, 8),
        segment="MASS",
        credit_rating="D",
        kyc_status="EXPIRED",
    )
    consumer = {"name": "Consumer loan", "product_code": "LOAN-CONS-CZK", "rate": "0.0990"}
    holdings = [
        account("-31240.80", today, credit_limit=25_000, **exceeded(41, Decimal("6240.80"))),
        loan("-184700.00", "300000.00", today, years_left=3, **consumer | late(128, Decimal("6120.00"), today)),
        card("-49980.00", "50000.00", today, status="BLOCKED", **late(66, Decimal("2499.00"), today)),
        loan(
            "-74200.00",
            "120000.00",
            today,
            years_left=1,
            **consumer | late(611, Decimal("2890.00"), today) | {"status": "WRITTEN_OFF"},
        ),
    ]
    said = [Said(12, 320, "CALL", "OUTBOUND", "Lost his job in summer. Can pay half of the instalment from January.")]
    return Member("alice", facts, holdings, said, [Todo(1, "Agree on a repayment plan with Milan Propadl")])


def investor(today: date) -> Member:
    """Securities in six currencies, some without a price, and money in a currency that nobody quotes."""
    facts = person(
        "Sofie", "Adlerová", woman=True, birth_on=date(1974, 8, 16), segment="PRIVATE", investment_risk_profile=5
    )
    holdings = [
        account("640200.00", today, years=12),
        account("310500.00", today, currency=UNQUOTED, years=3),
        account("2750000", today, currency="JPY", years=3),
        custody({"Storybook Robotics K.K.": 400, "Paper Crane Electric K.K.": 900}, today, currency="JPY"),
        custody({"Mirage Logistics KSC": 12_345, "Dune Telecom KSC": 4_507}, today, currency="KWD"),
        custody(
            {"Fabled Software Inc.": 220, "Mythical Foods Inc.": 350, "Legend Watches AG": 40},
            today,
            currency="USD",
            unpriced=("Unwritten Insurance plc",),
        ),
        fund("910000.00", today),
    ]
    said = [Said(3, 250, "MEETING", "OUTBOUND", "Wants the yen hedged; sent the risk disclosure.")]
    return Member("alice", facts, holdings, said, [Todo(5, "Ask the desk for a price of the unquoted shares")])


def prospect(today: date) -> Member:
    """Came yesterday, has nothing yet."""
    facts = person(
        "Nela", "Jarní", woman=True, birth_on=date(1999, 1, 21), status="PROSPECT", kyc_status="PENDING", segment="MASS"
    )
    said = [Said(1, 60, "VISIT", "INBOUND", "Asked what a first account costs. Will bring her documents.")]
    return Member("alice", facts, said=said, todo=[Todo(3, "Collect the documents of Nela Jarní")])


SHAPES = (in_default, investor, prospect)
