"""What a document says, and what is refused with a reason."""

from decimal import Decimal

import pytest

from products.cdr import ProductRefused, SourceRefused, product_documents, read_product
from products.cdr.durations import duration_text, whole_months
from products.tests.documents import deposit_rate, document, tier


def read(**overrides):
    return read_product(document(**overrides), currency="AUD")


def criterion(kind, value=None, info=None):
    (facts,) = read(eligibility=[{"eligibilityType": kind, "additionalValue": value, "additionalInfo": info}]).criteria
    return facts


@pytest.mark.parametrize(
    ("value", "years"),
    [
        ("18", 18),
        ("18 years old", 18),
        (" 55 ", 55),
        ("18 years of age or older", 18),
        ("16+", 16),
        ("18 or 21", None),
        ("18-25", None),
        ("eighteen", None),
        ("18 months", None),
        ("18 with a guarantor", None),
        ("0", None),
        ("180", None),
        ("-18", None),
        (None, None),
    ],
)
def test_an_age_is_read_only_when_it_is_nothing_but_an_age(value, years):
    for kind in ("MIN_AGE", "MAX_AGE"):
        facts = criterion(kind, value)
        assert (facts.understood, facts.threshold) == (years is not None, years)
        assert facts.value == (value or "").strip()


@pytest.mark.parametrize(
    ("info", "more"),
    [
        (None, False),
        ("You must be 18 years of age or older to apply.", False),
        ("Additional cardholders must be 16 years of age", False),
        ("You must be 21 years of age or older to apply.", True),
        ("A parent acts for a child.", True),
    ],
)
def test_words_beside_an_age_are_kept_open_unless_they_repeat_it(info, more):
    assert criterion("MIN_AGE", "18", info).more_to_check is more


@pytest.mark.parametrize(
    ("value", "info", "understood", "more"),
    [
        ("Australian Resident", None, True, False),
        ("Must be an Australian Resident ", None, True, False),
        ("An Australian Resident", "An Australian Resident", True, False),
        (None, "You must be an Australian resident.", True, False),
        ("You must be an Australian resident with an Australian residential and mailing address.", None, True, True),
        ("Australian citizens, New Zealand citizens or Australian permanent residents", None, False, False),
        ("Australian Resident", "or the holder of a valid visa", False, False),
        ("Resident of New Zealand", None, False, False),
        (None, None, False, False),
    ],
)
def test_residency_is_read_only_when_residence_alone_is_asked(value, info, understood, more):
    facts = criterion("RESIDENCY_STATUS", value, info)
    assert (facts.understood, facts.more_to_check, facts.country) == (understood, more, "AU" if understood else "")


@pytest.mark.parametrize(
    ("words", "admitted"),
    [
        ({"eligibility": [{"eligibilityType": "BUSINESS"}]}, False),
        ({"eligibility": [{"eligibilityType": "BUSINESS", "additionalInfo": "A company or a Sole  trader."}]}, True),
        ({"eligibility": [{"eligibilityType": "BUSINESS"}], "description": "For companies and sole traders"}, True),
        (
            {
                "eligibility": [
                    {"eligibilityType": "BUSINESS"},
                    {"eligibilityType": "OTHER", "additionalInfo": "Sole traders need a number."},
                ]
            },
            True,
        ),
    ],
)
def test_a_business_may_be_a_person_where_any_word_of_the_product_says_so(words, admitted):
    first, *others = read(**words).criteria
    assert first.admits_sole_traders is admitted
    assert not any(other.admits_sole_traders for other in others)


@pytest.mark.parametrize("kind", ["STUDENT", "MIN_INCOME", "OTHER", "STAFF", "NEW_IN_2030"])
def test_any_other_kind_keeps_the_banks_own_words(kind):
    facts = criterion(kind, "15000.00", "Earn a minimum of $15,000")
    assert not facts.understood
    assert (facts.value, facts.info) == ("15000.00", "Earn a minimum of $15,000")


def test_a_rate_keeps_term_tiers_and_conditions():
    tiers = [tier(5000, 0, name="$5000 plus"), tier(3, 6, name="Term", unitOfMeasure="MONTH")]
    rates = [deposit_rate("0.0455000000", additionalValue=" P1Y6M", additionalInfo="paid monthly", tiers=tiers)]
    (rate,) = read(depositRates=rates).rates
    assert (rate.rate, rate.term, rate.term_months, rate.conditions) == (Decimal("0.0455"), "P1Y6M", 18, "paid monthly")
    assert [(part.minimum, part.maximum) for part in rate.tiers] == [(5000, None), (3, 6)]


def test_words_in_the_place_of_a_term_become_conditions():
    (rate,) = read(depositRates=[deposit_rate("0.01", depositRateType="BONUS", additionalValue="No withdrawals")]).rates
    assert (rate.term, rate.term_months, rate.conditions) == ("", None, "No withdrawals")


def test_the_key_of_a_rate_depends_on_all_but_the_figures():
    rates = [deposit_rate("0.04"), deposit_rate("0.05", comparisonRate="0.051"), deposit_rate("0.04", tiers=[tier(1)])]
    first, second, third = (read(depositRates=[rate]).rates[0].key for rate in rates)
    assert first == second != third


def test_amounts_may_be_grouped_and_amounts_in_words_stay_words():
    constraints = [
        {"constraintType": "MAX_LIMIT", "additionalValue": "50,000"},
        {"constraintType": "OPENING_BALANCE", "additionalValue": "the equivalent of A$10,000.00"},
    ]
    amounts = [constraint.amount for constraint in read(constraints=constraints).constraints]
    assert amounts == [Decimal(50000), None]


@pytest.mark.parametrize(
    ("overrides", "reason"),
    [
        ({"productId": None}, "productId is missing"),
        ({"productId": 7}, "productId is not text"),
        ({"name": "  "}, "name is missing"),
        ({"name": "x" * 201}, "name is longer than 200 characters"),
        ({"name": "a\x00b"}, "name holds a character that no text has"),
        ({"name": "a\ud800b"}, "name holds a character that no text has"),
        ({"productCategory": None}, "productCategory is missing"),
        ({"productCategory": "SHOES"}, "productCategory 'SHOES' is no category of the Consumer Data Standards"),
        ({"effectiveFrom": "soon"}, "effectiveFrom 'soon' is no date"),
        ({"effectiveFrom": "2026-13-40"}, "effectiveFrom '2026-13-40' is no date"),
        ({"effectiveFrom": "2026-02-01", "effectiveTo": "2026-01-01"}, "effectiveTo is not after effectiveFrom"),
        ({"isTailored": "no"}, "isTailored is neither true nor false"),
        ({"applicationUri": "javascript:alert(1)"}, "applicationUri 'javascript:alert(1)' is no web address"),
        ({"depositRates": {}}, "depositRates is not a list"),
        ({"depositRates": ["0.04"]}, "depositRates 1 is not an object"),
        ({"depositRates": [deposit_rate(None)]}, "depositRates 1: rate is missing"),
        ({"depositRates": [deposit_rate("four")]}, "depositRates 1: rate 'four' is not a number"),
        ({"depositRates": [deposit_rate("1_0")]}, "depositRates 1: rate '1_0' is not a number"),
        ({"depositRates": [deposit_rate(True)]}, "depositRates 1: rate 'True' is not a number"),
        (
            {"depositRates": [deposit_rate("0.01"), deposit_rate("4.5")]},
            "depositRates 2: rate 4.5 is above 1: a rate is a fraction, 0.0345 for 3.45 %",
        ),
        (
            {"depositRates": [deposit_rate("0.01", comparisonRate=5)]},
            "depositRates 1: comparisonRate 5 is above 1: a rate is a fraction, 0.0345 for 3.45 %",
        ),
        ({"depositRates": [{"rate": "0.01"}]}, "depositRates 1: depositRateType is missing"),
        (
            {"depositRates": [deposit_rate("0.01", tiers=[tier(-5)])]},
            "depositRates 1 tiers 1: minimumValue -5 cannot be: a tier is not negative",
        ),
        (
            {"depositRates": [deposit_rate("0.01", tiers=[tier(10, 5)])]},
            "depositRates 1 tiers 1: maximumValue 5.0000 is below minimumValue 10.0000",
        ),
        ({"eligibility": [{"additionalValue": "18"}]}, "eligibility 1: eligibilityType is missing"),
        ({"eligibility": "18"}, "eligibility is not a list"),
        ({"fees": [{"name": "Fee", "feeType": "EVENT", "amount": "-1"}]}, "fees 1: amount -1 is no amount"),
        (
            {"constraints": [{"constraintType": "MIN_LIMIT", "additionalValue": "-1"}]},
            "constraints 1: additionalValue '-1' is no amount",
        ),
    ],
)
def test_what_cannot_be_right_is_refused_with_its_place(overrides, reason):
    with pytest.raises(ProductRefused) as refused:
        read(**overrides)
    assert str(refused.value) == reason


@pytest.mark.parametrize("raw", [None, 3, "x", [[]]])
def test_what_is_no_object_is_no_product(raw):
    with pytest.raises(ProductRefused, match="the product is not an object"):
        read_product(raw, currency="AUD")


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"{", "it is no JSON"),
        (b"", "it is no JSON"),
        (b'{"rate": NaN}', "it is no JSON: NaN is no number"),
        (b"\xff\xfe\x00", "it is not UTF-8 text"),
        (b"[" * 100_000, "it is nested too deeply"),
        (b"[]", "it holds no product"),
        (b'{"data": []}', "it holds no product"),
    ],
)
def test_a_file_that_is_no_document_is_refused(content, reason):
    with pytest.raises(SourceRefused) as refused:
        product_documents(content)
    assert str(refused.value).startswith(reason)


@pytest.mark.parametrize(
    "content", [b'{"productId": "a"}', b'{"data": {"productId": "a"}}', b'\xef\xbb\xbf[{"productId": "a"}]']
)
def test_a_product_may_be_bare_wrapped_or_in_a_list(content):
    assert product_documents(content) == [{"productId": "a"}]


@pytest.mark.parametrize(
    ("text", "months", "words"),
    [
        ("P12M", 12, "12 months"),
        ("P1Y", 12, "1 year"),
        ("P1Y6M", 18, "1 year 6 months"),
        ("P7D", None, "7 days"),
        ("P2W", None, "2 weeks"),
        ("P", None, "P"),
        ("P0M", None, "0 months"),
        ("at call", None, "at call"),
        ("", None, ""),
    ],
)
def test_durations_are_read_in_whole_months_and_said_in_words(text, months, words):
    assert (whole_months(text), duration_text(text)) == (months, words)
