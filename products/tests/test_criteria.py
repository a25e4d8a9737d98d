"""Each rule: yes, no, not known, with its sentence."""

from datetime import date

import pytest

from products.criteria import Check, CustomerFacts, Outcome, check, overall
from products.selectors.offer import OfferedCriterion

TODAY = date(2026, 11, 23)
CITIZENS = "Australian citizens, New Zealand citizens or Australian permanent residents"


def asked(kind, *, value="", info="", understood=True, threshold=None, country="", more_to_check=False, traders=False):
    return OfferedCriterion(kind, value, info, understood, threshold, country, more_to_check, traders)


def person(birth_on=date(1979, 3, 14), country="CZ", today=TODAY):
    return CustomerFacts("PERSON", birth_on, country, today)


def company(country="CZ"):
    return CustomerFacts("ORGANISATION", None, country, TODAY)


ADULT = asked("MIN_AGE", value="18", threshold=18)
CHILD = asked("MAX_AGE", value="12", threshold=12)
RESIDENT = asked("RESIDENCY_STATUS", value="Australian Resident", country="AU")
ADDRESS = asked("RESIDENCY_STATUS", value="with an address", country="AU", more_to_check=True)
CITIZEN = asked("RESIDENCY_STATUS", value=CITIZENS, understood=False)
ABN = asked("BUSINESS", info="Must hold an ABN.", more_to_check=True)
TRADER = asked("BUSINESS", traders=True)

CASES = [
    (ADULT, person(), "YES", "Age 18 or over: 47"),
    (ADULT, person(date(2010, 1, 1)), "NO", "Age 18 or over: 16"),
    (ADULT, person(None), "NOT_KNOWN", "Age 18 or over: date of birth not known"),
    (ADULT, person(date(2030, 1, 1)), "NOT_KNOWN", "Age 18 or over: date of birth not known"),
    (
        ADULT,
        company(),
        "NOT_KNOWN",
        "Age 18 or over: of the person who applies for the organisation; check by hand",
    ),
    (CHILD, person(date(2016, 1, 1)), "YES", "Age under 12: 10"),
    (CHILD, person(), "NO", "Age under 12: 47"),
    (asked("NATURAL_PERSON"), person(), "YES", "Only for persons: this customer is a person"),
    (asked("NATURAL_PERSON"), company(), "NO", "Only for persons: this customer is an organisation"),
    (asked("BUSINESS"), person(), "NO", "Only for businesses: this customer is a person"),
    (asked("BUSINESS"), company(), "YES", "Only for businesses: this customer is an organisation"),
    (ABN, person(), "NO", "Only for businesses: this customer is a person"),
    (
        ABN,
        company(),
        "NOT_KNOWN",
        "Only for businesses: this customer is an organisation; the rest to be checked by hand: “Must hold an ABN.”",
    ),
    (
        TRADER,
        person(),
        "NOT_KNOWN",
        "Only for businesses: this customer is a person; whether a sole trader, check by hand",
    ),
    (RESIDENT, person(), "NO", "Residency: Australian resident asked, the customer's country is CZ"),
    (RESIDENT, person(country="AU"), "YES", "Residency: Australian resident asked, the customer's country is AU"),
    (
        RESIDENT,
        person(country=""),
        "NOT_KNOWN",
        "Residency: Australian resident asked, the customer's country is not known",
    ),
    (
        RESIDENT,
        company("AU"),
        "NOT_KNOWN",
        "Residency: Australian resident asked, of the person who applies for the organisation; check by hand",
    ),
    (ADDRESS, person(), "NO", "Residency: Australian resident asked, the customer's country is CZ"),
    (
        ADDRESS,
        person(country="AU"),
        "NOT_KNOWN",
        "Residency: Australian resident asked, the customer's country is AU; "
        "the rest to be checked by hand: “with an address”",
    ),
    (
        CITIZEN,
        person(country="AU"),
        "NOT_KNOWN",
        f"Residency: lives in AU; citizenship or visa to be checked by hand: “{CITIZENS}”",
    ),
    (
        CITIZEN,
        person(),
        "NOT_KNOWN",
        f"Residency: lives in CZ; citizenship or visa to be checked by hand: “{CITIZENS}”",
    ),
    (CITIZEN, person(country=""), "NOT_KNOWN", f"Residency: check by hand: “{CITIZENS}”"),
    (
        asked("EMPLOYMENT_STATUS", value="Employed", understood=False),
        person(),
        "NOT_KNOWN",
        "Employment: check by hand: “Employed”",
    ),
    (asked("STUDENT", understood=False), person(), "NOT_KNOWN", "Students: check by hand"),
    (
        asked("MIN_AGE", value="18 or 21", understood=False),
        person(),
        "NOT_KNOWN",
        "Minimum age: check by hand: “18 or 21”",
    ),
    (asked("SHOE_SIZE", value="44", understood=False), person(), "NOT_KNOWN", "Shoe size: check by hand: “44”"),
]


@pytest.mark.parametrize(("criterion", "facts", "outcome", "sentence"), CASES)
def test_a_rule_answers_with_a_sentence(criterion, facts, outcome, sentence):
    assert check(facts, criterion) == Check(Outcome(outcome), sentence)


@pytest.mark.parametrize(
    ("birth_on", "today", "outcome"),
    [
        (date(2008, 11, 23), date(2026, 11, 22), "NO"),
        (date(2008, 11, 23), date(2026, 11, 23), "YES"),
        (date(2008, 11, 23), date(2026, 11, 24), "YES"),
        (date(2008, 2, 29), date(2026, 2, 28), "NO"),
        (date(2008, 2, 29), date(2026, 3, 1), "YES"),
        (date(2008, 12, 31), date(2027, 1, 1), "YES"),
    ],
)
def test_the_least_age_is_reached_on_the_birthday_itself(birth_on, today, outcome):
    assert check(person(birth_on, today=today), ADULT).outcome == outcome


@pytest.mark.parametrize(
    ("birth_on", "today", "outcome"),
    [
        (date(2014, 11, 23), date(2026, 11, 22), "YES"),
        (date(2014, 11, 23), date(2026, 11, 23), "NO"),
        (date(2016, 2, 29), date(2028, 2, 28), "YES"),
        (date(2016, 2, 29), date(2028, 2, 29), "NO"),
    ],
)
def test_the_greatest_age_ends_the_day_before_the_birthday(birth_on, today, outcome):
    assert check(person(birth_on, today=today), CHILD).outcome == outcome


@pytest.mark.parametrize(
    ("outcomes", "verdict"),
    [
        (["YES", "NO", "NOT_KNOWN"], "NO"),
        (["YES", "NOT_KNOWN"], "NOT_KNOWN"),
        (["YES", "YES"], "YES"),
        ([], "YES"),
    ],
)
def test_a_product_is_refused_by_one_no_and_left_open_by_one_unknown(outcomes, verdict):
    assert overall(Check(Outcome(outcome), "") for outcome in outcomes) == verdict


def test_the_rules_know_nothing_but_kind_birth_and_country():
    assert set(CustomerFacts.__dataclass_fields__) == {"kind", "birth_on", "country", "today"}
