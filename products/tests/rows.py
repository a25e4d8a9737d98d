"""How a row of each listed model is made; the catalogue leaves customers aside."""

from products.tests.factories import CriterionFactory, ProductFactory, RateFactory, RateTierFactory


def make_product():
    """Give a product with a rate, its tier and a criterion."""
    product = ProductFactory()
    RateTierFactory(rate=RateFactory(product=product))
    CriterionFactory(product=product)
    return product


ROWS = {
    "products.product": lambda customer, user: make_product(),
    "products.rate": lambda customer, user: RateTierFactory().rate,
}
