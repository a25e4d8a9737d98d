"""A group of connected clients over three levels and two units, with those who own, direct, sign and stand for it."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from crm.demo.cast.member import Member, Part, Said, Tie, Todo, organisation, person
from crm.demo.cast.pieces import account, card, custody, deposit, loan, revolving

HOLDING, STROJIRNY, POLSKA, LOGISTIK, VIKTOR, RENATA, RADEK = range(26, 33)
FOUNDED, BOUGHT = date(2009, 3, 2), date(2019, 7, 1)


def holding(today: date) -> Member:
    """The company above all others; a customer in bob's care only owns a part of it."""
    return Member(
        "alice",
        organisation("Lípa Holding a.s.", segment="CORPORATE", annual_turnover=Decimal(780_000_000)),
        [
            _business("18432900.40", today),
            _business("1204300.15", today, currency="EUR"),
            custody(
                {"Nowhere Power a.s.": 4_000, "Demo Republic 3.25/34": 20_000, "Invented Glassworks a.s.": 9_500}, today
            ),
        ],
        [Said(16, 150, "MEETING", "OUTBOUND", "Group financing: wants one limit for all companies.")],
        [Todo(4, "Ask the analyst for the consolidated statements")],
        [Part(VIKTOR, 0, "AUTHORISED", {"since_on": FOUNDED + timedelta(days=5000)}), Part(RENATA, 0, "AUTHORISED")],
        [
            Tie(STROJIRNY, "PARENT_COMPANY_OF", {"since_on": FOUNDED}),
            Tie(STROJIRNY, "SHAREHOLDER_OF", {"share": Decimal(1), "since_on": FOUNDED}),
            Tie(
                LOGISTIK, "SHAREHOLDER_OF", {"share": Decimal("0.3"), "since_on": date(2016, 1, 4), "until_on": BOUGHT}
            ),
        ],
    )


def strojirny(today: date) -> Member:
    """The works: accounts in four currencies, an overdraft, a loan for which two stand, a line half drawn."""
    return Member(
        "alice",
        organisation("Lípa Strojírny s.r.o.", segment="CORPORATE", annual_turnover=Decimal(412_000_000)),
        [
            _business("-1840500.00", today, credit_limit=5_000_000, available=Decimal("3159500.00")),
            _business("384200.90", today, currency="EUR"),
            _business("91820.00", today, currency="USD"),
            _business("640110.30", today, currency="PLN"),
            loan(
                "-21450000.00", "35000000.00", today, years_left=7, name="Investment loan", product_code="LOAN-INV-CZK"
            ),
            revolving("-610000.00", "1500000.00", today, currency="EUR"),
        ],
        parts=[
            Part(VIKTOR, 0, "AUTHORISED"),
            Part(RADEK, 0, "AUTHORISED", {"since_on": today - timedelta(days=900)}),
            Part(
                RENATA,
                1,
                "AUTHORISED",
                {"since_on": today - timedelta(days=1200), "until_on": today - timedelta(days=30)},
            ),
            Part(VIKTOR, 4, "GUARANTOR", {"amount": 10_000_000}),
            Part(RADEK, 4, "GUARANTOR", {"amount": 2_500_000, "since_on": today - timedelta(days=600)}),
            Part(HOLDING, 5, "GUARANTOR", {"amount": 750_000}),
        ],
        ties=[
            Tie(POLSKA, "PARENT_COMPANY_OF", {"since_on": BOUGHT}),
            Tie(POLSKA, "SHAREHOLDER_OF", {"share": Decimal("0.8"), "since_on": BOUGHT}),
            Tie(LOGISTIK, "PARENT_COMPANY_OF", {"since_on": BOUGHT}),
            Tie(LOGISTIK, "SHAREHOLDER_OF", {"share": Decimal("0.51"), "since_on": BOUGHT}),
        ],
    )


def polska(today: date) -> Member:
    """A company below the works, at another unit."""
    return Member(
        "charlie",
        organisation("Lípa Polska sp. z o.o.", nationality="PL", currency="PLN"),
        [
            _business("1120400.00", today, currency="PLN"),
            revolving("-2900000.00", "4000000.00", today, currency="PLN"),
        ],
    )


def logistik(today: date) -> Member:
    """Another below the works, with francs and pounds."""
    return Member(
        "alice",
        organisation("Lípa Logistik GmbH", nationality="DE", currency="EUR"),
        [
            _business("72410.66", today, currency="EUR"),
            _business("31250.00", today, currency="CHF"),
            _business("18900.00", today, currency="GBP"),
        ],
    )


def viktor(today: date) -> Member:
    """The founder: most of the shares, director of two, guarantor."""
    return Member(
        "alice",
        person("Viktor", "Lípa", woman=False, birth_on=date(1963, 10, 5), segment="PRIVATE", occupation="entrepreneur"),
        [
            account("2210700.00", today, years=16),
            deposit("6000000.00", today, matures_in=48),
            card("-44120.00", "300000.00", today),
        ],
        ties=[
            Tie(HOLDING, "SHAREHOLDER_OF", {"share": Decimal("0.6"), "since_on": FOUNDED}),
            Tie(HOLDING, "BENEFICIAL_OWNER_OF", {"share": Decimal("0.6"), "since_on": FOUNDED}),
            Tie(HOLDING, "DIRECTOR_OF", {"since_on": FOUNDED}),
            Tie(STROJIRNY, "DIRECTOR_OF", {"since_on": FOUNDED}),
            Tie(STROJIRNY, "SIGNATORY_OF", {"since_on": FOUNDED}),
            Tie(RENATA, "SPOUSE", {"since_on": date(1990, 9, 8), "until_on": date(2018, 4, 12)}),
        ],
    )


def renata(today: date) -> Member:
    """His former wife, bob's: a quarter of the shares, and a signature."""
    return Member(
        "bob",
        person("Renata", "Lípová", woman=True, birth_on=date(1966, 2, 19), segment="PRIVATE", occupation="lawyer"),
        [
            account("905300.00", today, years=11),
            custody({"Pretend Motor SE": 300, "Phantom Chemie AG": 450}, today, currency="EUR"),
        ],
        ties=[
            Tie(HOLDING, "SHAREHOLDER_OF", {"share": Decimal("0.25"), "since_on": date(2018, 4, 12)}),
            Tie(HOLDING, "SIGNATORY_OF", {"since_on": FOUNDED}),
            Tie(STROJIRNY, "DIRECTOR_OF", {"since_on": FOUNDED, "until_on": date(2018, 4, 12)}),
        ],
    )


def radek(today: date) -> Member:
    """The works' manager: operates its account and stands for a part of its loan, owns none of it."""
    return Member(
        "alice",
        person("Radek", "Kotva", woman=False, birth_on=date(1978, 6, 27), occupation="managing director"),
        [account("118400.00", today), deposit("400000.00", today, matures_in=110)],
        [Said(23, 90, "CALL", "INBOUND", "Asked what his guarantee covers after the last repayment.")],
        ties=[
            Tie(STROJIRNY, "SIGNATORY_OF", {"since_on": today - timedelta(days=900)}),
            Tie(POLSKA, "DIRECTOR_OF", {"since_on": BOUGHT}),
        ],
    )


def _business(balance: str, today: date, *, currency: str = "CZK", **facts: object) -> dict[str, object]:
    code = f"CUR-B-{currency}"
    return account(balance, today, name="Business account", product_code=code, currency=currency, years=7, **facts)


GROUP = (holding, strojirny, polska, logistik, viktor, renata, radek)
