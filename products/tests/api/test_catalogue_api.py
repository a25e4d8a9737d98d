"""The catalogue through the API."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from products.models import Constraint, Fee, Product, Rate
from products.tests.factories import CriterionFactory, ProductFactory, RateFactory, RateTierFactory

PRODUCTS, RATES = "/api/v1/products/", "/api/v1/rates/"
BACKEND = "finpulse.identity.backends.RoleAndScopeBackend"


@pytest.fixture
def script(client, people):
    client.force_login(people.script, backend=BACKEND)
    return client


def names(client, **query):
    return [row["name"] for row in client.get(PRODUCTS, query).json()["results"]]


def test_a_product_is_shown_whole(script):
    product = ProductFactory(name="Saver")
    RateFactory(product=product, rate=Decimal("0.05"))
    CriterionFactory(product=product, kind="MIN_AGE", value="18", threshold=18)
    Fee.objects.create(product=product, position=0, name="Fee", kind="EVENT", amount=5, currency="AUD")
    Constraint.objects.create(product=product, position=0, kind="MIN_BALANCE", amount=1)
    row = script.get(PRODUCTS).json()["results"][0]
    assert (row["name"], row["best_rate"], row["currency"]) == ("Saver", "0.050000", "AUD")
    body = script.get(f"{PRODUCTS}{product.pk}/").json()
    assert body["criteria"][0]["threshold"] == 18
    assert (body["fees"][0]["amount"], body["constraints"][0]["amount"]) == ("5.00", "1.00")


def test_products_are_filtered_searched_and_ordered(script):
    now = timezone.now()
    ProductFactory(name="Alpha saver", bank="North")
    ProductFactory(name="Beta loan", category=Product.Category.PERS_LOANS, bank="South")
    ProductFactory(name="Gone saver", effective_until_at=now - timedelta(days=1))
    assert names(script) == ["Beta loan", "Alpha saver", "Gone saver"]
    assert names(script, ordering="-name") == ["Gone saver", "Beta loan", "Alpha saver"]
    assert names(script, category="PERS_LOANS") == ["Beta loan"]
    assert names(script, bank="North") == ["Alpha saver"]
    assert names(script, search="SAVER") == ["Alpha saver", "Gone saver"]
    assert names(script, on_offer="true") == ["Beta loan", "Alpha saver"]
    assert names(script, on_offer="false") == ["Gone saver"]


def test_pages_by_key_give_every_product_once(script):
    for number in range(7):
        ProductFactory(name="Same name" if number < 5 else f"Other {number}")
    seen, url = [], f"{PRODUCTS}?page_size=2&ordering=name"
    while url:
        page = script.get(url).json()
        seen += [row["id"] for row in page["results"]]
        url = page["next"]
    assert len(seen) == len(set(seen)) == 7


def test_rates_show_their_tiers_and_are_filtered(script):
    saver, loan = ProductFactory(), ProductFactory(category=Product.Category.PERS_LOANS)
    old = RateFactory(product=saver, key="same", valid_until=date(2026, 6, 1))
    new = RateFactory(product=saver, key="same", valid_from=date(2026, 6, 1), term="P12M", term_months=12)
    RateTierFactory(rate=new)
    lent = RateFactory(product=loan, side=Rate.Side.LENDING, conditions="Green homes")
    ids = lambda **query: {row["id"] for row in script.get(RATES, query).json()["results"]}  # noqa: E731
    assert ids() == {old.pk, new.pk, lent.pk}
    assert ids(product=saver.pk) == {old.pk, new.pk}
    assert ids(on="2026-05-31", side="DEPOSIT") == {old.pk}
    assert ids(on="2026-06-01", side="DEPOSIT") == {new.pk}
    assert ids(category="PERS_LOANS") == {lent.pk}
    assert ids(search="green") == {lent.pk}
    assert ids(term_months=12) == {new.pk}
    body = script.get(f"{RATES}{new.pk}/").json()
    assert (body["rate"], body["tiers"][0]["minimum"], body["tiers"][0]["maximum"]) == ("0.040000", "5000.0000", None)


@pytest.mark.parametrize("url", [PRODUCTS, RATES])
def test_a_list_costs_the_same_for_2_products_and_for_200(script, url):
    def queries():
        with CaptureQueriesContext(connection) as caught:
            assert script.get(url, {"page_size": 200}).status_code == 200
        return len(caught)

    RateTierFactory.create_batch(2)
    script.get(url)
    few = queries()
    RateTierFactory.create_batch(198)
    assert queries() == few


@pytest.mark.parametrize("url", [PRODUCTS, RATES])
def test_the_catalogue_is_read_only_and_needs_a_role(client, people, url):
    assert client.get(url).status_code == 401
    client.force_login(people.heidi, backend=BACKEND)
    assert client.get(url).status_code == 403
    client.force_login(people.erin, backend=BACKEND)
    assert client.post(url, {}, content_type="application/json").status_code in (403, 405)
    row = RateFactory()
    key = row.product_id if url == PRODUCTS else row.pk
    for method in ("put", "patch", "delete"):
        assert getattr(client, method)(f"{url}{key}/", {}, content_type="application/json").status_code in (403, 405)
    assert Rate.objects.count() == 1
