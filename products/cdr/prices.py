"""Reading fees and amounts allowed."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from products.cdr.document import MOST_MONEY, Document, as_number
from products.cdr.facts import ConstraintFacts, FeeFacts
from products.models import Constraint, Fee

_SHARES = {
    "balanceRate": Fee.ShareOf.BALANCE,
    "transactionRate": Fee.ShareOf.TRANSACTION,
    "accruedRate": Fee.ShareOf.ACCRUED,
}


def read_fees(product: Document, currency: str) -> Iterator[FeeFacts]:
    """Give the product's fees; a fee without a currency is in the product's."""
    for position, part in enumerate(product.parts("fees")):
        share, share_of = _share(part)
        yield FeeFacts(
            position=position,
            name=part.required("name", longest=200),
            kind=part.required("feeType", longest=40),
            amount=part.money("amount"),
            currency=part.text("currency", longest=3).upper() or currency,
            share=share,
            share_of=share_of,
            value=part.text("additionalValue"),
            info=part.text("additionalInfo"),
        )


def _share(part: Document) -> tuple[Decimal | None, str]:
    """The first share that is not zero: banks publish a zero beside an amount."""
    for name, share_of in _SHARES.items():
        share = part.fraction(name)
        if share is not None and share < 0:
            raise part.refuse(name, f"{share:f} is negative")
        if share:
            return share, share_of
    return None, ""


def read_constraints(product: Document) -> Iterator[ConstraintFacts]:
    """Give the product's constraints; an amount in words keeps the words and has no figure."""
    for position, part in enumerate(product.parts("constraints")):
        kind = part.required("constraintType", longest=40)
        value = part.text("additionalValue")
        amount = as_number(value) if kind in Constraint.AMOUNTS else None
        if amount is not None and not 0 <= amount < MOST_MONEY:
            raise part.refuse("additionalValue", f"{value!r} is no amount")
        yield ConstraintFacts(
            position=position, kind=kind, amount=amount, value=value, info=part.text("additionalInfo")
        )
