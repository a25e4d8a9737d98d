"""The list and the page of the console."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from finpulse.identity.models import User
from finpulse.identity.services import user_set_roles
from products.models import Constraint, Fee, Product, Rate
from products.tests.factories import CriterionFactory, ProductFactory, RateFactory, RateTierFactory

LIST = "/admin/products/product/"
BACKEND = "finpulse.identity.backends.RoleAndScopeBackend"


def page(product):
    return f"{LIST}{product.pk}/change/"


@pytest.fixture
def alice(client, people):
    client.force_login(people.alice, backend=BACKEND)
    return client


def queries(client, url):
    with CaptureQueriesContext(connection) as caught:
        assert client.get(url).status_code == 200
    return len(caught)


def whole_product(**facts):
    product = ProductFactory(**facts)
    RateTierFactory(rate=RateFactory(product=product))
    CriterionFactory(product=product)
    return product


def test_a_list_costs_the_same_for_2_products_and_for_200(alice):
    for _ in range(2):
        whole_product()
    alice.get(LIST)
    few = queries(alice, LIST)
    for _ in range(198):
        whole_product()
    assert queries(alice, LIST) == few


def test_a_page_costs_the_same_for_2_rates_and_for_200(alice):
    product = whole_product()
    alice.get(page(product))
    few = queries(alice, page(product))
    for _ in range(199):
        RateTierFactory(rate=RateFactory(product=product))
    assert queries(alice, page(product)) == few


def test_the_list_is_filtered_by_category_and_searched_by_name(alice):
    ProductFactory(name="Everyday account")
    ProductFactory(name="Home loan", category=Product.Category.RESIDENTIAL_MORTGAGES)
    body = alice.get(LIST, {"category__exact": "RESIDENTIAL_MORTGAGES"}).content.decode()
    assert "Home loan" in body
    assert "Everyday account" not in body
    body = alice.get(LIST, {"q": "everyday"}).content.decode()
    assert "Everyday account" in body
    assert "Home loan" not in body


def test_the_list_shows_todays_best_standing_rate(alice):
    saver, loan, bare = (
        ProductFactory(name="Saver"),
        ProductFactory(name="Loan", category=Product.Category.PERS_LOANS),
        ProductFactory(name="Bare"),
    )
    today = timezone.localdate()
    for rate in ("0.01", "0.05"):
        RateFactory(product=saver, rate=Decimal(rate))
        RateFactory(product=loan, side=Rate.Side.LENDING, rate=Decimal(rate) + Decimal("0.05"))
    RateFactory(product=saver, rate=Decimal("0.09"), type="BONUS")
    RateFactory(product=saver, rate=Decimal("0.08"), valid_until=today)
    RateFactory(product=saver, rate=Decimal("0.07"), valid_from=today + timedelta(days=1))
    RateFactory(product=loan, side=Rate.Side.LENDING, rate=Decimal("0.001"), type="DISCOUNT")
    body = alice.get(LIST).content.decode()
    for words in ("up to 5.00 %", "from 6.00 %", "no rate published"):
        assert words in body
    found = {row.name: row.best_rate for row in Product.objects.with_best_rate(today)}
    assert found == {"Saver": Decimal("0.05"), "Loan": Decimal("0.06"), "Bare": None}
    assert bare.name in body


def test_the_page_shows_rates_criteria_fees_and_what_changed(alice):
    product = ProductFactory(name="Saver", description="For rainy days", application_uri="https://bank.example/apply")
    RateTierFactory(
        rate=RateFactory(product=product, type="FIXED", term="P12M", term_months=12, rate=Decimal("0.0475"))
    )
    RateFactory(product=product, key="moved", rate=Decimal("0.031"), valid_until=date(2026, 3, 1))
    RateFactory(product=product, key="moved", rate=Decimal("0.032"), valid_from=date(2026, 3, 1))
    CriterionFactory(product=product, kind="MIN_AGE", value="18", threshold=18)
    CriterionFactory(product=product, position=1, kind="STUDENT", value="Full time", understood=False)
    Fee.objects.create(
        product=product, position=0, name="Monthly fee", kind="PERIODIC", amount=5, currency="AUD", value="P1M"
    )
    Fee.objects.create(
        product=product,
        position=1,
        name="Abroad",
        kind="EVENT",
        currency="AUD",
        share=Decimal("0.03"),
        share_of="TRANSACTION",
    )
    Constraint.objects.create(product=product, position=0, kind="MIN_BALANCE", amount=1000)
    body = alice.get(page(product)).content.decode()
    for words in (
        "For rainy days", "https://bank.example/apply", "12 months", "4.75 %", "Balance: AUD 5,000 and over",
        "Rates over time", "3.10 %", "3.20 %", "1 Mar 2026", "Age 18 or over", "Students", "“Full time”",
        "check by hand", "Monthly fee", "every month", "AUD 5.00", "3.00 %", "of the transaction", "AUD 1,000.00",
    ):  # fmt: skip
        assert words in body, words


def test_a_page_without_anything_says_so(alice):
    body = alice.get(page(ProductFactory())).content.decode()
    for words in ("No rates published", "No criteria published", "until further notice"):
        assert words in body
    assert "Rates over time" not in body


def test_hostile_words_of_a_document_are_text(alice):
    product = ProductFactory(name="<script>alert(1)</script>", description="<img src=x onerror=alert(1)>")
    RateFactory(product=product, conditions="<b onclick=alert(1)>x</b>", type="<i>")
    CriterionFactory(product=product, kind="STUDENT", value="<u>x</u>", understood=False)
    for url in (LIST, page(product)):
        body = alice.get(url).content.decode()
        for tag in ("<script>alert", "<img src=x", "<b onclick", "<u>x", "<i>"):
            assert tag not in body


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_the_page_is_for_reading(alice, method):
    assert getattr(alice, method)(page(ProductFactory(name="Saver"))).status_code == 405
    assert Product.objects.get().name == "Saver"


def test_a_product_that_is_not_there_is_404(alice):
    for key in ("987654321", "saver"):
        assert alice.get(f"{LIST}{key}/change/").status_code == 404


@pytest.mark.parametrize("username", ["alice", "charlie", "dana", "erin", "frank", "grace"])
def test_who_sees_customers_sees_the_catalogue(client, people, username):
    client.force_login(getattr(people, username), backend=BACKEND)
    assert client.get(LIST).status_code == 200
    assert client.get(page(ProductFactory())).status_code == 200
    assert b'href="/admin/products/product/"' in client.get("/admin/").content


def test_a_product_administrator_sees_the_catalogue_and_no_customers(client, people):
    user = User.objects.create_user("ivan")
    user_set_roles(user=user, names=["product_administrator"], actor=None, reason="a test")
    client.force_login(user, backend=BACKEND)
    assert client.get(page(ProductFactory())).status_code == 200
    assert client.get("/admin/crm/customer/").status_code == 403


def test_a_system_administrator_sees_no_catalogue(client, people):
    client.force_login(people.heidi, backend=BACKEND)
    assert client.get(LIST).status_code == 403
    assert client.get(page(ProductFactory())).status_code == 404


def test_nobody_adds_or_deletes_a_product_by_hand(alice):
    assert alice.get(f"{LIST}add/").status_code == 403
    assert alice.post(f"{LIST}{ProductFactory().pk}/delete/", {"post": "yes"}).status_code in (403, 404)
    assert Product.objects.count() == 1
