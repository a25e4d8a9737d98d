"""The catalogue's rows."""

from products.models.criterion import Criterion
from products.models.price import Constraint, Fee
from products.models.product import Product
from products.models.rate import Rate, RateTier

__all__ = ["Constraint", "Criterion", "Fee", "Product", "Rate", "RateTier"]
