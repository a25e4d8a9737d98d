"""Whatever is wrong with a row costs that row and no other, and the report says where and why."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from crm.feed.refusals import RowError
from crm.models import Customer, Holding, HoldingParty
from crm.tests.feed.feeds import CUSTOMER, HOLDING, Feed, counted

CUSTOMERS, HOLDINGS, PARTIES, UNITS = "customers.csv", "holdings.csv", "parties.csv", "units.csv"
PARTY = {"holding_no": "H2", "customer_no": "C1", "role": "GUARANTOR"}
# Every column of the contract, so that a bad cell finds its place.
COLUMNS = {
    CUSTOMERS: [
        *("customer_no", "kind", "given_name", "family_name", "organisation_name", "birth_on", "gender", "national_id"),
        *("tax_id", "registration_no", "email", "phone", "address", "city", "country", "nationality", "language"),
        *("annual_income", "currency", "segment", "status", "kyc_status", "kyc_level", "kyc_review_on", "aml_risk"),
        *("pep", "restricted", "investment_risk_profile", "officer_code", "unit_code", "joined_on", "closed_on"),
    ],
    HOLDINGS: [
        *("holding_no", "customer_no", "kind", "product_code", "name", "iban", "currency", "balance", "available"),
        *("balance_as_of", "credit_limit", "original_amount", "rate", "rate_type", "days_past_due", "opened_on"),
        *("matures_on", "closed_on", "status"),
    ],
    PARTIES: ["holding_no", "customer_no", "role", "share", "amount", "since_on", "until_on"],
    UNITS: ["unit_code", "name", "parent_code", "kind"],
}
BASE = {
    CUSTOMERS: CUSTOMER | {"customer_no": "C9"},
    HOLDINGS: HOLDING | {"holding_no": "H9"},
    PARTIES: PARTY,
    UNITS: {"unit_code": "B9", "name": "Branch nine", "parent_code": "HQ", "kind": "DESK"},
}


@dataclass(frozen=True)
class Bad:
    """A cell that makes a row bad, and what is said of it."""

    file: str
    column: str
    cell: str
    reason: str


CELLS = [
    Bad(CUSTOMERS, "customer_no", "", "The value is missing."),
    Bad(CUSTOMERS, "customer_no", "4111 1111 1111 1111", "This value is or holds a full card number"),
    Bad(CUSTOMERS, "customer_no", "C" * 41, "is longer than 40 characters."),
    Bad(CUSTOMERS, "kind", "person", "“person” is not one of PERSON, ORGANISATION."),
    Bad(CUSTOMERS, "given_name", "Eva\x00", "The value holds a NUL byte."),
    Bad(CUSTOMERS, "family_name", "N\x07", "The value holds a control character."),
    Bad(CUSTOMERS, "family_name", "N\udce1", "The value holds bytes that are not UTF-8."),
    Bad(CUSTOMERS, "organisation_name", "Pekárna", "A customer of kind PERSON has no organisation_name."),
    Bad(CUSTOMERS, "birth_on", "2026-11-24", "The day of birth lies in the future."),
    Bad(CUSTOMERS, "birth_on", "23.11.1980", "This value is not a date as 2026-11-23."),
    Bad(CUSTOMERS, "joined_on", "2026-02-30", "“2026-02-30” is not a day of the calendar."),
    Bad(CUSTOMERS, "national_id", "///", "This value has neither letters nor digits."),
    Bad(CUSTOMERS, "email", "eva@", "This value is not an e-mail address."),
    Bad(CUSTOMERS, "phone", "602 118 204", "This value is not a telephone number as +420602118204."),
    Bad(CUSTOMERS, "address", "4111-1111-1111-1111", "This value is or holds a full card number"),
    Bad(CUSTOMERS, "country", "UK", "“UK” is not a country's code of ISO 3166"),
    Bad(CUSTOMERS, "nationality", "cz", "“cz” is not a country's code of ISO 3166"),
    Bad(CUSTOMERS, "language", "Czech language", "is not a language's tag of BCP 47"),
    Bad(CUSTOMERS, "annual_income", "-", "This value is not a plain decimal number with a point."),
    Bad(CUSTOMERS, "currency", "KCS", "“KCS” is not a currency's code of ISO 4217"),
    Bad(CUSTOMERS, "segment", "RICH", "“RICH” is not one of MASS"),
    Bad(CUSTOMERS, "pep", "yes", "“yes” is not true or false."),
    Bad(CUSTOMERS, "investment_risk_profile", "6", "“6” is not a whole number from 1 to 5."),
    Bad(CUSTOMERS, "unit_code", "NOWHERE", "No unit “NOWHERE” is known here."),
    Bad(HOLDINGS, "holding_no", "4111111111111111", "This value is or holds a full card number"),
    Bad(HOLDINGS, "customer_no", "C404", "No customer “C404” is known here."),
    Bad(HOLDINGS, "iban", "1234", "is not an IBAN"),
    Bad(HOLDINGS, "balance", "12,50", "“12,50” is not a plain decimal number with a point."),
    Bad(HOLDINGS, "balance", "NaN", "“NaN” is not a plain decimal number with a point."),
    Bad(HOLDINGS, "balance", "1E3", "“1E3” is not a plain decimal number with a point."),
    Bad(HOLDINGS, "balance", "１２", "“１２” is not a plain decimal number with a point."),
    Bad(HOLDINGS, "balance", "12345678901234567.00", "has more than 16 digits before the point."),
    Bad(HOLDINGS, "balance", "1.005", "CZK has 2 decimal places."),
    Bad(HOLDINGS, "credit_limit", "-1", "A credit limit is not negative."),
    Bad(HOLDINGS, "rate", "3.45", "“3.45” is not between -1 and 1: a rate is a fraction per year, as 0.0345."),
    Bad(HOLDINGS, "days_past_due", "-3", "“-3” is not a whole number"),
    Bad(HOLDINGS, "opened_on", "", "The value is missing."),
    Bad(HOLDINGS, "matures_on", "2019-12-31", "The holding matures before it was opened."),
    Bad(HOLDINGS, "closed_on", "2019-12-31", "The holding was closed before it was opened."),
    Bad(HOLDINGS, "status", "OPEN", "“OPEN” is not one of PENDING"),
    Bad(PARTIES, "holding_no", "H404", "No holding “H404” is known here."),
    Bad(PARTIES, "customer_no", "C404", "No customer “C404” is known here."),
    Bad(PARTIES, "role", "PARENT", "“PARENT” is not one of OWNER"),
    Bad(PARTIES, "share", "1.5", "“1.5” is not between 0 and 1: a share is a fraction."),
    Bad(PARTIES, "amount", "-5", "A guaranteed amount is not negative."),
    Bad(UNITS, "parent_code", "NOWHERE", "No unit “NOWHERE” is known here."),
    Bad(UNITS, "kind", "SHOP", "“SHOP” is not one of HEAD_OFFICE"),
]


def with_all_columns(feed: Feed, name: str) -> None:
    """Give the file's rows every column."""
    from crm.tests.feed.feeds import GOOD

    feed.write(name, [{column: row.get(column, "") for column in COLUMNS[name]} for row in GOOD[name]])


def assert_the_rest_loaded() -> None:
    """The good bank is there, whole, and nothing else."""
    assert set(Customer.objects.values_list("customer_no", flat=True)) == {"C1", "C2"}
    assert set(Holding.objects.values_list("holding_no", flat=True)) == {"H1", "H2"}
    parties = HoldingParty.objects.values_list("holding__holding_no", "customer__customer_no", "role")
    assert set(parties) == {("H1", "C1", "OWNER"), ("H1", "C2", "AUTHORISED"), ("H2", "C1", "OWNER")}


@pytest.mark.parametrize("bad", CELLS, ids=lambda bad: f"{bad.file}-{bad.column}-{ascii(bad.cell)[:20]}")
def test_a_bad_cell_costs_its_row(feed: Feed, bad: Bad) -> None:
    with_all_columns(feed, bad.file)
    row = {column: (BASE[bad.file] | {bad.column: bad.cell}).get(column, "") for column in COLUMNS[bad.file]}
    quoted = ",".join(f'"{cell}"' if "," in cell else cell for cell in row.values())
    line = feed.append(bad.file, f"{quoted}\r\n".encode("utf-8", "surrogateescape"))
    heard: list[RowError] = []
    report = feed.load(on_error=heard.append)
    assert [(error.file, error.line, error.column) for error in heard] == [(bad.file, line, bad.column)]
    assert bad.reason in heard[0].reason
    assert report.errors == heard
    assert report.files[bad.file].refused == report.refused == 1
    assert_the_rest_loaded()


def rows_of(name: str) -> tuple[str, str]:
    """Give a good row of the file and its columns, as raw CSV."""
    columns = COLUMNS[name]
    return ",".join(BASE[name].get(column, "") for column in columns), ",".join(columns)


@pytest.mark.parametrize(
    ("broken", "reason"),
    [
        ("C9,PERSON", "The row has 2 columns, the header has 32."),
        ("{row},more", "The row has 33 columns, the header has 32."),
        ('"C9,PERSON,Eva,{row}', "A quote is opened and not closed."),
        ('"C9"x,{row}', "The row is not CSV"),
        ("{row}" + "x" * 70_000, "The line is longer than 64 KiB."),
    ],
    ids=["too few columns", "too many columns", "unclosed quote", "text after quote", "huge line"],
)
def test_a_broken_line_costs_itself_and_the_next_lines_load(feed: Feed, broken: str, reason: str) -> None:
    with_all_columns(feed, CUSTOMERS)
    row, _ = rows_of(CUSTOMERS)
    good = row.replace("C9", "C8")
    line = feed.append(CUSTOMERS, f"{broken.format(row=row)}\r\n{good}\r\n".encode())
    report = feed.load()
    assert [(error.line, error.column) for error in report.errors] == [(line, "")]
    assert reason in report.errors[0].reason
    assert set(Customer.objects.values_list("customer_no", flat=True)) == {"C1", "C2", "C8"}


def test_a_quote_left_open_at_the_end_of_the_file_costs_its_line(feed: Feed) -> None:
    line = feed.append(HOLDINGS, b'H9,C1,ACCOUNT,CZK,1.00,"2020-01-01\n')
    report = feed.load()
    assert [(error.line, error.reason) for error in report.errors] == [(line, "A quote is opened and not closed.")]
    assert_the_rest_loaded()


def test_a_key_given_again_with_other_values_is_refused_and_with_the_same_is_not(feed: Feed) -> None:
    again = {"holding_no": "H1", "customer_no": "C1", "kind": "ACCOUNT", "currency": "CZK", "opened_on": "2020-01-31"}
    with_all_columns(feed, HOLDINGS)
    for balance in ("100.50", "7.00"):
        cells = [(again | {"balance": balance}).get(column, "") for column in COLUMNS[HOLDINGS]]
        line = feed.append(HOLDINGS, (",".join(cells) + "\n").encode())
    report = feed.load()
    assert [(error.line, error.column) for error in report.errors] == [(line, "holding_no")]
    assert report.errors[0].reason == "Line 2 has the same holding_no and says something else."
    assert counted(report, HOLDINGS) == (2, 0, 1, 1)
    assert_the_rest_loaded()


def test_a_unit_that_lies_below_itself_is_refused_with_those_below_it(feed: Feed) -> None:
    first = feed.append(UNITS, b"X,Ex,Y,DESK\nY,Why,X,DESK\nZ,Zed,Y,DESK\n")
    report = feed.load()
    assert [error.line for error in report.errors] == [first, first + 1, first + 2]
    assert {error.reason for error in report.errors} == {"The unit lies below itself, or below one that does."}
    assert_the_rest_loaded()


def test_an_amount_finer_than_its_currency_is_refused(feed: Feed) -> None:
    feed.write(HOLDINGS, [HOLDING, HOLDING | {"holding_no": "H9", "currency": "JPY", "balance": "100.50"}])
    report = feed.load()
    assert [(error.column, error.reason) for error in report.errors] == [("balance", "JPY has 0 decimal places.")]


def test_what_only_the_database_can_see_costs_its_row_too(feed: Feed) -> None:
    feed.load()
    Customer.objects.filter(customer_no="C1").update(joined_on="2026-06-01")
    feed.write(CUSTOMERS, [CUSTOMER | {"closed_on": "2026-01-01"}, CUSTOMER | {"customer_no": "C3"}])
    report = feed.load()
    assert [(error.line, error.reason) for error in report.errors] == [
        (2, "The database refuses the row (crm_customer_closed_after_joined).")
    ]
    assert Customer.objects.filter(customer_no="C3").exists()
    assert Customer.objects.get(customer_no="C1").closed_on is None
