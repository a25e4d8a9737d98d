"""What keeps a product from being suggested though none of its published criteria refuses."""

from __future__ import annotations

from products.criteria import Check, CustomerFacts, Outcome
from products.models import Criterion, Product
from products.selectors import OfferedProduct

# Below it nobody contracts alone: Czech Civil Code, section 30; the law of Australia alike.
AGE_OF_MAJORITY = 18

_NOT_FOR_HOUSEHOLDS = (
    Product.Category.BUSINESS_LOANS,
    Product.Category.TRADE_FINANCE,
    Product.Category.REGULATED_TRUST_ACCOUNTS,
)

MINOR = Check(Outcome.NOT_KNOWN, "A minor: only with the legal guardian, check by hand")
FOR_BUSINESS = Check(
    Outcome.NOT_KNOWN,
    "By its name or category for businesses or trusts, though the bank publishes no such criterion: check by hand",
)


def doubts(product: OfferedProduct, facts: CustomerFacts) -> tuple[Check, ...]:
    """Give what is to be checked by hand beside the criteria; empty for an organisation."""
    if not facts.is_person:
        return ()
    minor = facts.age is not None and facts.age < AGE_OF_MAJORITY
    return (*([MINOR] if minor else []), *([FOR_BUSINESS] if _seems_for_business(product) else []))


def _seems_for_business(product: OfferedProduct) -> bool:
    """A rule decides where the bank says so itself; a name alone refuses nobody."""
    if any(criterion.kind == Criterion.Kind.BUSINESS for criterion in product.criteria):
        return False
    return product.category in _NOT_FOR_HOUSEHOLDS or "business" in product.name.casefold().split()
