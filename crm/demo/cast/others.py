"""Customers who each stand for something that pages must get right."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from crm.demo.cast.member import Member, Part, Said, Tie, Todo, organisation, person
from crm.demo.cast.pieces import account, card, deposit, fund, loan

ELISKA, JIRI, LIPA_HOLDING = 1, 3, 26


def tomas(today: date) -> Member:
    """Joint owner of an account whose other owner is in another unit."""
    facts = person("Tomáš", "Novák", woman=False, birth_on=date(1977, 8, 21))
    return Member(
        "charlie",
        facts,
        [account("33870.00", today), deposit("300000.00", today, matures_in=2)],
        todo=[
            Todo(0, "Send the deposit's renewal form"),
            Todo(3, "Arrange the annual review"),
            Todo(-2, "Answer his e-mail about fees"),
        ],
    )


def restricted_of_bob(today: date) -> Member:
    """Restricted and politically exposed: bob's alone."""
    facts = person(
        "Karel",
        "Tichý",
        woman=False,
        birth_on=date(1966, 1, 8),
        restricted=True,
        pep=True,
        kyc_level="ENHANCED",
        segment="PRIVATE",
    )
    return Member(
        "bob",
        facts,
        [account("4210000.00", today), deposit("9000000.00", today, matures_in=11)],
        [Said(20, 120, "MEETING", "OUTBOUND", "Met at his office. Nobody else may join.")],
        [
            Todo(0, "Prepare the private banking review"),
            Todo(2, "Send the statement by courier"),
            Todo(-4, "Renew the declaration of wealth"),
        ],
        ties=[
            Tie(LIPA_HOLDING, "SHAREHOLDER_OF", {"share": Decimal("0.15"), "since_on": date(2020, 10, 1)}),
            Tie(LIPA_HOLDING, "OTHER", {"since_on": date(2020, 10, 1)}),
        ],
    )


def restricted_of_alice(today: date) -> Member:
    """Restricted as the bank's own staff: alice's alone."""
    facts = person(
        "Zdeňka", "Vysoká", woman=True, birth_on=date(1988, 11, 3), restricted=True, occupation="bank employee"
    )
    return Member("alice", facts, [account("71200.00", today), card("-4200.00", "40000.00", today)])


def minor(today: date) -> Member:
    """A child whose mother operates the account: no advice, no marketing."""
    born = today.replace(day=1) - timedelta(days=11 * 365 + 200)
    facts = person(
        "Matěj",
        "Novák",
        woman=False,
        birth_on=born,
        segment="MASS",
        annual_income=None,
        occupation="pupil",
        email="",
        tax_id="",
    )
    parts = [Part(ELISKA, 0, "AUTHORISED")]
    return Member("alice", facts, [account("12850.00", today, years=3, name="Children's account")], parts=parts)


def birth_unknown(today: date) -> Member:
    """The bank does not know when she was born."""
    facts = person("Thị Lan", "Nguyễn", woman=True, birth_on=None, nationality="VN", language="vi")
    return Member("alice", facts, [account("205310.40", today), deposit("150000.00", today, matures_in=24, months=6)])


def hostile_firm(today: date) -> Member:
    """A lawful name full of characters that a page must escape."""
    return Member(
        "alice",
        organisation("O'Brien & Söhne <GmbH>"),
        [account("913400.00", today, name="Business account"), deposit("1500000.00", today, matures_in=21, months=3)],
        [Said(9, 30, "EMAIL", "INBOUND", 'Writes: "Please quote <b>EUR</b> & USD, don\'t round."')],
        [Todo(3, "Quote EUR & USD for O'Brien & Söhne <GmbH>")],
    )


def quoting_cafe(today: date) -> Member:
    """Quotation marks of both kinds."""
    facts = organisation('Kavárna „U Zlatého lva“ & "syn", s.r.o.')
    return Member("alice", facts, [account("-38500.00", today, name="Business account", credit_limit=100_000)])


def mononym(today: date) -> Member:
    """A person with one name."""
    facts = person("Suharto", "", woman=False, birth_on=date(1990, 2, 28), nationality="ID", language="id")
    return Member("alice", facts, [account("45100.00", today), account("1890.000", today, currency="KWD", years=1)])


def long_name(today: date) -> Member:
    """A name as long as a register allows."""
    name = (
        "Sdružení pro obnovu a rozvoj průmyslového, kulturního a přírodního dědictví Krušných hor, "
        "Českého středohoří a dolního Poohří, zapsaný spolek – pobočka Ústí nad Labem-Střekov, v likvidaci"
    )
    return Member("alice", organisation(name), [account("8120.30", today, name="Association account")])


def hyphens(today: date) -> Member:
    """Hyphens in both names."""
    facts = person(
        "Anne-Marie", "Lefèvre-Dubois", woman=True, birth_on=date(1972, 7, 14), nationality="FR", language="fr"
    )
    return Member(
        "alice",
        facts,
        [
            account("310220.00", today),
            deposit("180000.00", today, matures_in=16),
            fund("84000.00", today, name="Bond fund", security="Demo Government Bond Fund"),
        ],
    )


def right_to_left(today: date) -> Member:
    """Written from right to left."""
    facts = person("محمد", "العلي", woman=False, birth_on=date(1981, 4, 4), nationality="JO", language="ar")
    return Member(
        "alice",
        facts,
        [
            account("77450.00", today),
            fund("900000", today, currency="JPY", name="Tokyo index fund", security="Demo Tokyo Index Fund"),
        ],
    )


def chinese(today: date) -> Member:
    """No Latin letter."""
    facts = person("小红", "王", woman=True, birth_on=date(1995, 10, 1), nationality="CN", language="zh")
    return Member(
        "bob",
        facts,
        [account("128000.00", today), deposit("420000.00", today, matures_in=2)],
        todo=[Todo(1, "Explain the renewal of her deposit"), Todo(5, "Call about the student account")],
    )


def greek(today: date) -> Member:
    """Greek letters, and a default on his loan."""
    facts = person(
        "Δημήτρης",
        "Παπαδόπουλος",
        woman=False,
        birth_on=date(1969, 6, 11),
        nationality="GR",
        language="el",
        credit_rating="D",
    )
    late = {"days_past_due": 97, "overdue_amount": 41_250, "next_due_on": today - timedelta(days=7)}
    holdings = [
        account("2210.00", today),
        loan(
            "-310000.00",
            "600000.00",
            today,
            years_left=4,
            name="Consumer loan",
            product_code="LOAN-CONS-CZK",
            rate="0.0890",
            **late,
        ),
        deposit("90000.00", today, matures_in=28, months=3),
    ]
    return Member("alice", facts, holdings, todo=[Todo(0, "Agree on a repayment plan")])


def guaranteed(today: date) -> Member:
    """A loan for which another unit's customer stands."""
    facts = organisation("Jizera Stavby s.r.o.", segment="SME")
    holdings = [
        account("640210.00", today, name="Business account"),
        loan("-4800000.00", "7000000.00", today, years_left=6, name="Investment loan", product_code="LOAN-INV-CZK"),
    ]
    parts = [Part(JIRI, 1, "GUARANTOR", {"amount": 1_500_000})]
    return Member(
        "charlie",
        facts,
        holdings,
        parts=parts,
        todo=[Todo(1, "Ask for the interim statements"), Todo(6, "Visit the site")],
    )


def deceased(today: date) -> Member:
    """Died: no wishes, no marketing, no advice."""
    facts = person(
        "Bohumil",
        "Starý",
        woman=False,
        birth_on=date(1939, 1, 17),
        segment="MASS",
        status="DECEASED",
        occupation="pensioner",
    )
    return Member("alice", facts, [account("96100.00", today, years=18, status="BLOCKED")])
