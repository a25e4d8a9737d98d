"""Importing: once, twice, after a change, with bad products among the good."""

from datetime import date
from decimal import Decimal

import pytest

from finpulse.audit.models import AuditEvent
from products.models import Constraint, Criterion, Fee, Product, Rate, RateTier
from products.services import CatalogueImportRefused, catalogue_import
from products.tests.documents import deposit_rate, document, tier, write

MONDAY, TUESDAY, WEDNESDAY = date(2026, 11, 23), date(2026, 11, 24), date(2026, 11, 25)
MODELS = (Product, Rate, RateTier, Criterion, Fee, Constraint)

pytestmark = pytest.mark.django_db


def load(*paths, today=MONDAY, currency="AUD"):
    return catalogue_import(paths=paths, currency=currency, today=today, actor=None)


def snapshot():
    return [list(model.objects.order_by("pk").values()) for model in MODELS]


def figures(code="saver-1"):
    rates = Rate.objects.filter(product__code=code).order_by("valid_from", "pk")
    return [(rate.rate, rate.valid_from, rate.valid_until) for rate in rates]


def full(**overrides):
    return document(
        depositRates=[deposit_rate("0.04", tiers=[tier(0, 4999), tier(12, 24, name="Term", unitOfMeasure="MONTH")])],
        fees=[{"name": "Monthly", "feeType": "PERIODIC", "amount": "5.00", "additionalValue": "P1M"}],
        constraints=[{"constraintType": "MIN_BALANCE", "additionalValue": "1.00"}],
        **overrides,
    )


def test_a_product_is_loaded_with_all_that_hangs_on_it(tmp_path):
    report = load(write(tmp_path, "a.json", {"data": full()}))
    product = Product.objects.get(code="saver-1")
    assert (product.bank, product.currency, product.category) == ("Test Bank", "AUD", "TRANS_AND_SAVINGS_ACCOUNTS")
    assert figures() == [(Decimal("0.04"), MONDAY, None)]
    assert [part.unit for part in RateTier.objects.order_by("position")] == ["DOLLAR", "MONTH"]
    assert (Criterion.objects.get().threshold, Fee.objects.get().amount, Constraint.objects.get().amount) == (18, 5, 1)
    counts = report.banks["Test Bank"]
    assert (counts.new, counts.criteria_understood, counts.rates, counts.rates_opened) == (1, 1, 1, 1)


def test_the_same_files_again_change_nothing(tmp_path):
    write(tmp_path, "a.json", full())
    write(tmp_path, "b.json", [document("saver-2"), {"data": document("saver-3")}])
    load(tmp_path)
    before = snapshot()
    report = load(tmp_path, today=TUESDAY)
    assert snapshot() == before
    assert (report.total.unchanged, report.total.new, report.total.changed, report.total.rates_opened) == (3, 0, 0, 0)


def test_a_changed_rate_ends_today_and_a_new_one_begins(tmp_path):
    path = write(tmp_path, "a.json", document())
    load(path)
    report = load(write(tmp_path, "a.json", document(depositRates=[deposit_rate("0.045")])), today=TUESDAY)
    assert figures() == [(Decimal("0.04"), MONDAY, TUESDAY), (Decimal("0.045"), TUESDAY, None)]
    assert (report.total.changed, report.total.rates_opened, report.total.rates_closed) == (1, 1, 1)


def test_a_rate_that_is_gone_ends_and_one_that_stays_is_left_alone(tmp_path):
    stays, goes = deposit_rate("0.04"), deposit_rate("0.01", depositRateType="BONUS", additionalValue="Grow")
    load(write(tmp_path, "a.json", document(depositRates=[stays, goes])))
    kept = Rate.objects.get(type="VARIABLE")
    load(write(tmp_path, "a.json", document(depositRates=[stays])), today=TUESDAY)
    after = Rate.objects.get(type="VARIABLE")
    assert (after.pk, after.valid_from, after.valid_until) == (kept.pk, MONDAY, None)
    assert Rate.objects.get(type="BONUS").valid_until == TUESDAY


def test_a_correction_on_the_day_itself_is_kept_and_was_never_in_force(tmp_path):
    path = write(tmp_path, "a.json", document())
    load(path)
    load(write(tmp_path, "a.json", document(depositRates=[deposit_rate("0.05")])))
    assert figures() == [(Decimal("0.04"), MONDAY, MONDAY), (Decimal("0.05"), MONDAY, None)]
    assert [rate.rate for rate in Rate.objects.in_force(MONDAY)] == [Decimal("0.05")]


def test_a_rate_may_return_to_an_earlier_figure(tmp_path):
    for today, rate in ((MONDAY, "0.04"), (TUESDAY, "0.05"), (WEDNESDAY, "0.04")):
        load(write(tmp_path, "a.json", document(depositRates=[deposit_rate(rate)])), today=today)
    assert [rate for rate, _, _ in figures()] == [Decimal("0.04"), Decimal("0.05"), Decimal("0.04")]
    assert Rate.objects.in_force(TUESDAY).get().rate == Decimal("0.05")


def test_a_clock_set_back_never_turns_a_period_round(tmp_path):
    load(write(tmp_path, "a.json", document()), today=TUESDAY)
    load(write(tmp_path, "a.json", document(depositRates=[deposit_rate("0.05")])), today=MONDAY)
    assert figures() == [(Decimal("0.05"), MONDAY, None), (Decimal("0.04"), TUESDAY, TUESDAY)]


def test_two_rates_alike_in_all_but_their_figures_are_both_kept(tmp_path):
    path = write(tmp_path, "a.json", document(depositRates=[deposit_rate("0.04"), deposit_rate("0.05")]))
    load(path)
    assert Rate.objects.count() == 2


def test_changed_criteria_replace_the_old_ones_and_leave_the_rates_alone(tmp_path):
    load(write(tmp_path, "a.json", full()))
    before = (list(Rate.objects.values()), list(Fee.objects.values()))
    load(write(tmp_path, "a.json", full(eligibility=[{"eligibilityType": "BUSINESS"}])), today=TUESDAY)
    assert [criterion.kind for criterion in Criterion.objects.all()] == ["BUSINESS"]
    assert (list(Rate.objects.values()), list(Fee.objects.values())) == before


def test_a_document_read_anew_without_a_difference_is_unchanged(tmp_path):
    path = write(tmp_path, "a.json", full())
    load(path)
    Product.objects.update(fingerprint="0" * 64)
    events = AuditEvent.objects.filter(verb__startswith="products.product").count()
    assert load(path, today=TUESDAY).total.unchanged == 1
    assert AuditEvent.objects.filter(verb__startswith="products.product").count() == events
    assert Product.objects.get().fingerprint != "0" * 64


def test_another_currency_is_a_change(tmp_path):
    path = write(tmp_path, "a.json", document())
    load(path)
    assert load(path, currency="CZK").total.changed == 1
    assert Product.objects.get().currency == "CZK"


def test_bad_products_are_refused_with_file_and_reason_and_the_rest_is_loaded(tmp_path):
    write(tmp_path, "1-bad.json", b"{")
    write(tmp_path, "2-two.json", [document("one"), document("two", depositRates=[deposit_rate("4.5")])])
    write(tmp_path, "3-again.json", document("one", name="Another"))
    write(tmp_path, "4-anonymous.json", {"name": "No id", "eligibility": [{"eligibilityType": "STAFF"}]})
    report = load(tmp_path)
    assert Product.objects.get().name == "Saver"
    told = [(refusal.file.removeprefix(f"{tmp_path}/"), refusal.what, refusal.reason) for refusal in report.refusals]
    assert told == [
        ("1-bad.json", "file", told[0][2]),
        ("2-two.json", "Saver", "depositRates 1: rate 4.5 is above 1: a rate is a fraction, 0.0345 for 3.45 %"),
        ("3-again.json", "Another", f"productId one came already from {tmp_path}/2-two.json"),
        ("4-anonymous.json", "No id", "productId is missing"),
    ]
    assert told[0][2].startswith("it is no JSON")
    assert (report.total.new, report.total.refused) == (1, 4)
    assert report.banks["bank not known"].criteria_refused == 1
    assert report.banks["Test Bank"].criteria_refused == 2


def test_a_refused_product_leaves_the_catalogue_as_it_was(tmp_path):
    load(write(tmp_path, "a.json", full()))
    before = snapshot()
    load(write(tmp_path, "a.json", document(name="Changed", depositRates=[deposit_rate("7")])))
    assert snapshot() == before


def test_the_run_and_each_change_are_in_the_audit_trail(tmp_path):
    path = write(tmp_path, "a.json", document())
    load(path)
    load(path)
    load(write(tmp_path, "a.json", document(name="Saver plus")), today=TUESDAY)
    verbs = list(AuditEvent.objects.order_by("id").values_list("verb", flat=True))
    run = "products.catalogue.imported"
    assert verbs == ["products.product.created", run, run, "products.product.changed", run]
    detail = AuditEvent.objects.filter(verb=run).first().detail
    assert (detail["files"], detail["changed"], len(detail["fingerprint"])) == (1, 1, 64)


@pytest.mark.parametrize(
    ("make", "currency", "reason"),
    [
        (lambda folder: folder / "nowhere", "AUD", "There is no file or folder"),
        (lambda folder: folder, "AUD", "There is no *.json file in what was given."),
        (
            lambda folder: write(folder, "a.json", document()),
            "dollars",
            "'dollars' is no ISO 4217 currency, such as AUD.",
        ),
    ],
)
def test_an_import_of_nothing_is_refused_before_it_begins(tmp_path, make, currency, reason):
    with pytest.raises(CatalogueImportRefused, match=reason.replace("*", r"\*")):
        load(make(tmp_path), currency=currency)
    assert not AuditEvent.objects.exists()
