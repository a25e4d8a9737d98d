"""What a customer may apply for, by rules only. A pre-check, never a credit decision."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.core.exceptions import PermissionDenied
from django.utils import timezone

from advisory.doubts import doubts
from advisory.policies import may_advise
from crm.models import Customer
from finpulse.identity.models import User
from products.criteria import Check, CustomerFacts, Outcome, check, overall
from products.models import Product
from products.selectors import OfferedProduct, products_offered

ORDER = (Outcome.YES, Outcome.NOT_KNOWN, Outcome.NO)
CATEGORIES: list[str] = list(Product.Category.values)


@dataclass(frozen=True)
class ProductVerdict:
    """A product with the answer to each of its criteria, and what else is to be checked by hand."""

    product: OfferedProduct
    outcome: Outcome
    checks: tuple[Check, ...]


@dataclass(frozen=True)
class Eligibility:
    """Every product on offer: first what the customer may apply for, then what is checked by hand, then the others.

    `stopped` says why there is no advice at all, "" where there is.
    """

    verdicts: tuple[ProductVerdict, ...]
    stopped: str = ""

    def of(self, outcome: Outcome) -> tuple[ProductVerdict, ...]:
        """Give the products with this outcome."""
        return tuple(verdict for verdict in self.verdicts if verdict.outcome == outcome)


def eligibility_for_customer(*, customer: Customer, user: User, now: datetime) -> Eligibility:
    """Judge every product on offer for a customer, in two queries.

    :raises PermissionDenied: when the user's role or scope does not reach the customer, or his role not the catalogue.
    """
    if not (user.has_perm("crm.view_customer", customer) and user.has_perm("products.view_product")):
        raise PermissionDenied
    return eligibility_of(customer, now)


def eligibility_of(customer: Customer, now: datetime) -> Eligibility:
    """The same for a page that has fetched the customer in scope: one query."""
    verdict = may_advise(customer)
    if not verdict:
        return Eligibility((), verdict.reason)
    facts = facts_of(customer, timezone.localdate(now))
    verdicts = [_judge(product, facts) for product in products_offered(now)]
    return Eligibility(tuple(sorted(verdicts, key=_rank)))


def facts_of(customer: Customer, today: date) -> CustomerFacts:
    """Give all that rules may know of a customer."""
    return CustomerFacts(customer.kind, customer.birth_on, customer.country.upper(), today)


def _rank(verdict: ProductVerdict) -> tuple[int, bool, int, str, int]:
    """Those that passed a check before those without criteria, then by category and name: the same for everybody."""
    product = verdict.product
    place = CATEGORIES.index(product.category)
    return ORDER.index(verdict.outcome), not verdict.checks, place, product.name, product.pk


def _judge(product: OfferedProduct, facts: CustomerFacts) -> ProductVerdict:
    checks = (*(check(facts, criterion) for criterion in product.criteria), *doubts(product, facts))
    return ProductVerdict(product, overall(checks), checks)
