"""The published catalogues of two real banks, where they are on this machine."""

from datetime import date

import pytest

from products.models import Criterion, Product, Rate
from products.services import catalogue_import
from tests.services.require import data

# Products, rates, criteria understood, those of them understood in part, criteria kept verbatim.
PUBLISHED = {"anz": (37, 394, 52, 18, 38), "bendigo": (52, 303, 54, 6, 44)}

pytestmark = pytest.mark.django_db


def load(bank, today):
    return catalogue_import(paths=[data() / "catalogue" / bank], currency="AUD", today=today, actor=None)


@pytest.mark.parametrize("bank", PUBLISHED)
def test_a_real_catalogue_loads_whole_and_twice_alike(bank):
    products, rates, understood, in_part, verbatim = PUBLISHED[bank]
    report = load(bank, date(2026, 11, 23))
    assert report.refusals == []
    total = report.total
    assert (total.new, total.rates_opened) == (products, rates)
    assert (total.criteria_understood, total.criteria_in_part, total.criteria_verbatim) == (
        understood,
        in_part,
        verbatim,
    )
    again = load(bank, date(2026, 11, 24)).total
    assert (again.unchanged, again.new, again.changed, again.rates_opened, again.rates_closed) == (products, 0, 0, 0, 0)
    assert Product.objects.count() == products
    assert Rate.objects.filter(valid_until=None).count() == rates


@pytest.mark.parametrize("bank", PUBLISHED)
def test_every_criterion_of_a_real_catalogue_is_read_or_kept_in_the_banks_words(bank):
    load(bank, date(2026, 11, 23))
    for criterion in Criterion.objects.filter(understood=False).exclude(kind__in=("STUDENT", "PENSION_RECIPIENT")):
        assert criterion.value or criterion.info
    ages = Criterion.objects.filter(kind__in=("MIN_AGE", "MAX_AGE"), understood=True)
    assert {criterion.threshold for criterion in ages} <= {12, 18, 55}
