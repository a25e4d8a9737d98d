"""What a document says, typed. Names of the attributes are those of the models' columns."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal


@dataclass(frozen=True)
class TierFacts:
    """One tier of a rate."""

    position: int
    name: str
    unit: str
    minimum: Decimal
    maximum: Decimal | None
    method: str
    conditions: str


@dataclass(frozen=True)
class RateFacts:
    """A rate: how high, and by `key` what for."""

    key: str
    side: str
    type: str
    rate: Decimal
    comparison_rate: Decimal | None
    term: str
    term_months: int | None
    loan_purpose: str
    repayment_type: str
    conditions: str
    tiers: tuple[TierFacts, ...]


@dataclass(frozen=True)
class CriterionFacts:
    """A condition on who may apply."""

    position: int
    kind: str
    value: str
    info: str
    info_uri: str
    understood: bool
    threshold: int | None = None
    country: str = ""
    more_to_check: bool = False
    admits_sole_traders: bool = False


@dataclass(frozen=True)
class FeeFacts:
    """A fee."""

    position: int
    name: str
    kind: str
    amount: Decimal | None
    currency: str
    share: Decimal | None
    share_of: str
    value: str
    info: str


@dataclass(frozen=True)
class ConstraintFacts:
    """A least or most amount."""

    position: int
    kind: str
    amount: Decimal | None
    value: str
    info: str


@dataclass(frozen=True)
class ProductFacts:
    """A product with all that hangs on it. `fingerprint` is the SHA-256 of the document and of how it was read."""

    code: str
    brand: str
    bank: str
    category: str
    name: str
    description: str
    currency: str
    is_tailored: bool
    effective_from_at: datetime | None
    effective_until_at: datetime | None
    last_updated_at: datetime | None
    application_uri: str
    fingerprint: str
    rates: tuple[RateFacts, ...]
    criteria: tuple[CriterionFacts, ...]
    fees: tuple[FeeFacts, ...]
    constraints: tuple[ConstraintFacts, ...]
