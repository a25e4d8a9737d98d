"""Rows as they are copied: field names are the models' own, what is left out takes the model's default."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import NamedTuple
from uuid import UUID

from crm.demo.plan import SOURCE


class CustomerRow(NamedTuple):
    """A customer; `national_id` and `tax_id` are sealed already."""

    id: int
    uid: UUID
    customer_no: str
    kind: str
    given_name: str
    family_name: str
    organisation_name: str
    sort_name: str
    search_text: str
    birth_on: date | None
    gender: str
    national_id: str
    national_id_index: str
    tax_id: str
    tax_id_index: str
    registration_no: str
    email: str
    phone: str
    address: str
    city: str
    region: str
    postal_code: str
    country: str
    nationality: str
    language: str
    occupation: str
    annual_income: Decimal | None
    annual_turnover: Decimal | None
    currency: str
    segment: str
    status: str
    kyc_status: str
    kyc_level: str
    kyc_review_on: date | None
    aml_risk: str
    pep: bool | None
    restricted: bool
    investment_risk_profile: int | None
    credit_rating: str
    manager_id: int | None
    unit_id: int | None
    booking_branch: str
    joined_on: date | None
    closed_on: date | None
    created_at: datetime
    updated_at: datetime
    source: str = SOURCE


class HoldingRow(NamedTuple):
    """A holding."""

    id: int
    holding_no: str
    customer_id: int
    created_at: datetime
    updated_at: datetime
    kind: str
    product_code: str
    name: str
    balance: Decimal | None
    opened_on: date
    iban: str = ""
    currency: str = "CZK"
    available: Decimal | None = None
    balance_as_of: date | None = None
    credit_limit: Decimal | None = None
    original_amount: Decimal | None = None
    rate: Decimal | None = None
    rate_type: str = ""
    instalment: Decimal | None = None
    next_due_on: date | None = None
    days_past_due: int | None = None
    overdue_amount: Decimal | None = None
    matures_on: date | None = None
    closed_on: date | None = None
    status: str = "ACTIVE"
    source: str = SOURCE


class PartyRow(NamedTuple):
    """A customer's part in a holding."""

    holding_id: int
    customer_id: int
    role: str
    share: Decimal | None = None
    amount: Decimal | None = None
    since_on: date | None = None
    until_on: date | None = None


class PositionRow(NamedTuple):
    """So much of one security in an investment."""

    holding_id: int
    isin: str
    name: str
    quantity: Decimal
    price: Decimal | None
    price_currency: str
    price_on: date | None


class RelationshipRow(NamedTuple):
    """How a customer stands to another."""

    customer_id: int
    related_id: int
    kind: str
    share: Decimal | None = None
    since_on: date | None = None
    until_on: date | None = None
    source: str = SOURCE


class InteractionRow(NamedTuple):
    """Something said."""

    customer_id: int
    channel: str
    direction: str
    occurred_at: datetime
    summary: str
    author_id: int
    created_at: datetime


class TaskRow(NamedTuple):
    """Something to do, or done."""

    customer_id: int
    title: str
    due_on: date
    assignee_id: int
    state: str
    created_by_id: int
    created_at: datetime
    done_at: datetime | None = None
    done_by_id: int | None = None


class EventRow(NamedTuple):
    """A line of the audit trail."""

    verb: str
    subject_type: str
    subject_id: int
    reason: str
    detail: str
