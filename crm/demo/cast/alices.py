"""The customers whom alice's day is about."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from crm.demo.cast.member import Member, Part, Said, Tie, Todo, organisation, person
from crm.demo.cast.pieces import account, card, deposit, fund, loan

TOMAS, MATEJ = 2, 9


def eliska(today: date) -> Member:
    """The showcase: a holding of every kind, one of them joint with a customer of another unit."""
    return Member(
        "alice",
        person("Eliška", "Nováková", woman=True, birth_on=date(1979, 3, 14), email="eliska.novakova@post.example",
               phone="+420602118204", investment_risk_profile=3, occupation="architect"),
        [
            account("184300.00", today, years=9),
            deposit("850000.00", today, matures_in=3, rate="0.0410"),
            fund("16720.00", today, currency="EUR", security="Demo Balanced Fund EUR"),
            loan("-1240000.00", "1650000.00", today, years_left=21, name=f"Mortgage, fixed to {today.year + 3}"),
            card(None, "50000.00", today),
        ],
        [
            Said(5, 162, "CALL", "INBOUND", "Asked what happens to her deposit. Next step: an offer this week."),
            Said(33, 95, "EMAIL", "OUTBOUND", "Sent the confirmation of interest for her tax return."),
            Said(120, 300, "MEETING", "OUTBOUND", "Annual review. Renewed the deposit twice; wants part of it liquid."),
        ],
        [Todo(0, "Send the offer for her maturing deposit"), Todo(4, "Ask whether the card limit still fits")],
        [Part(TOMAS, 0, "JOINT", {"share": Decimal("0.5"), "since_on": today - timedelta(days=6 * 365)})],
        [Tie(TOMAS, "SPOUSE", {"since_on": date(2008, 6, 14)}), Tie(MATEJ, "PARENT_OF")],
    )  # fmt: skip


def jiri(today: date) -> Member:
    """A mortgage whose fixed rate ends soon, and a promise that was not kept."""
    refix = today + timedelta(days=19)
    return Member(
        "alice",
        person("Jiří", "Dvořák", woman=False, birth_on=date(1984, 9, 2)),
        [
            account("96420.50", today),
            loan(
                "-3120000.00",
                "3900000.00",
                today,
                years_left=22,
                name=f"Mortgage, fixed to {refix:%d.%m.%Y}",
                product_code="MORTGAGE-REFIX",
            ),
            deposit("250000.00", today, matures_in=7),
        ],
        [
            Said(
                5,
                400,
                "CALL",
                "OUTBOUND",
                "Rate refix: compares with two other banks. Promised to call back on Friday.",
            )
        ],
        [
            Todo(-3, "Call back about the mortgage refix"),
            Todo(2, "Prepare the refixing offer for five and seven years"),
        ],
    )


def vltava_glass(today: date) -> Member:
    """A firm whose enhanced due diligence is due in nine days."""
    return Member(
        "alice",
        organisation(
            "Vltava Glass s.r.o.", kyc_level="ENHANCED", aml_risk="MEDIUM", kyc_review_on=today + timedelta(days=9)
        ),
        [
            account("2310455.20", today, name="Business account", product_code="CUR-B-CZK"),
            account("148200.75", today, name="Business account", product_code="CUR-B-EUR", currency="EUR"),
            deposit(
                "120000.00", today, matures_in=12, months=6, currency="EUR", rate="0.0215", product_code="TD-06M-EUR"
            ),
            account("-412000.00", today, name="Overdraft account", product_code="OVD-B-CZK", credit_limit=1_500_000),
        ],
        [
            Said(
                14,
                60,
                "VISIT",
                "OUTBOUND",
                "Visited the works in Nový Bor. Two documents for the due diligence are missing.",
            )
        ],
        [Todo(1, "Collect the two missing documents"), Todo(9, "Close the due diligence review")],
    )


def petra(today: date) -> Member:
    """Building savings that mature tomorrow."""
    return Member(
        "alice",
        person("Petra", "Králová", woman=True, birth_on=date(1991, 12, 19)),
        [
            account("58214.10", today),
            deposit(
                "240000.00",
                today,
                matures_in=1,
                months=72,
                rate="0.0200",
                name="Building savings",
                product_code="BUILD-CZK",
            ),
            card("-18340.00", "60000.00", today),
        ],
        [
            Said(
                7,
                210,
                "MEETING",
                "OUTBOUND",
                "Showed what she may apply for when the building savings end. Wants time to think.",
            )
        ],
        [Todo(0, "Hear what she decided about the building savings")],
    )


def marie(today: date) -> Member:
    """Gone quiet; her deposit matured yesterday and nobody has asked."""
    return Member(
        "alice",
        person("Marie", "Svobodová", woman=True, birth_on=date(1958, 5, 30)),
        [
            account("140000.00", today, years=15),
            deposit("400000.00", today, matures_in=-1),
            deposit("1200000.00", today, matures_in=210, months=24),
            loan(
                "-200000.00",
                "420000.00",
                today,
                years_left=3,
                name="Car loan",
                product_code="LOAN-CAR-CZK",
                rate="0.0690",
            ),
        ],
        [Said(74, 480, "CALL", "INBOUND", "Asked how to pay more on the car loan.")],
        [Todo(-1, "Ask what to do with the matured deposit")],
    )
