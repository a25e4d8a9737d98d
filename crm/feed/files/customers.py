"""customers.csv: the form, and the rules over a whole row."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.backends.utils import CursorWrapper

from crm.feed.customers import CUSTOMER_KEYS, CustomerLoader
from crm.feed.customers.tables import CUSTOMERS_SPARED
from crm.feed.forms import Column, Form
from crm.feed.load import Load
from crm.feed.parsers import (
    choice,
    country,
    currency,
    day,
    decimal,
    email,
    flag,
    identifier,
    language,
    lines,
    phone,
    text,
    whole,
)
from crm.feed.refusals import RowRefused
from crm.models import Customer


def check_names(values: dict[str, Any], as_of: date) -> None:
    """A person has no organisation's name, an organisation no person's; one without a name goes by his number."""
    if values["kind"] == Customer.Kind.PERSON:
        foreign: tuple[str, ...] = ("organisation_name",)
        whose = "person"
    else:
        foreign, whose = ("given_name", "family_name"), "organisation"
    for column in foreign:
        if values.get(column):
            raise RowRefused(column, f"A customer of kind {whose.upper()} has no {column}.")


def check_dates(values: dict[str, Any], as_of: date) -> None:
    """Nobody is born tomorrow, and no relation ends before it starts."""
    born, joined, closed = values.get("birth_on"), values.get("joined_on"), values.get("closed_on")
    if born and born > as_of:
        raise RowRefused("birth_on", "The day of birth lies in the future.")
    if joined and closed and closed < joined:
        raise RowRefused("closed_on", "The customer left before he joined.")


FORM = Form(
    name="customers.csv",
    model=Customer,
    columns=(
        Column("customer_no", text(40), required=True),
        Column("kind", choice(Customer.Kind), required=True),
        Column("given_name", text(120), personal=True),
        Column("family_name", text(120), personal=True),
        Column("organisation_name", text(200), personal=True),
        Column("birth_on", day, personal=True),
        Column("gender", text(20), personal=True),
        Column("national_id", identifier(60), personal=True),
        Column("tax_id", identifier(60), personal=True),
        Column("registration_no", identifier(40), personal=True),
        Column("email", email, personal=True),
        Column("phone", phone, personal=True),
        Column("address", lines(250), personal=True, breaks=True),
        Column("city", text(120)),
        Column("region", text(120)),
        Column("postal_code", text(20)),
        Column("country", country),
        Column("nationality", country),
        Column("language", language),
        Column("occupation", text(120), personal=True),
        Column("annual_income", decimal(18, 2), personal=True),
        Column("annual_turnover", decimal(18, 2)),
        Column("currency", currency),
        Column("segment", choice(Customer.Segment)),
        Column("status", choice(Customer.Status)),
        Column("kyc_status", choice(Customer.KycStatus)),
        Column("kyc_level", choice(Customer.KycLevel)),
        Column("kyc_review_on", day),
        Column("aml_risk", choice(Customer.AmlRisk)),
        Column("pep", flag),
        Column("restricted", flag),
        Column("investment_risk_profile", whole(1, 5)),
        Column("credit_rating", text(20)),
        Column("officer_code", text(40)),
        Column("unit_code", text(40)),
        Column("booking_branch", text(40)),
        Column("joined_on", day),
        Column("closed_on", day),
    ),
    key=("customer_no",),
    rules=(check_names, check_dates),
)


def prepare(cursor: CursorWrapper) -> None:
    """Make the tables that others read of the customers."""
    CUSTOMER_KEYS.create(cursor)
    CUSTOMERS_SPARED.create(cursor)


def load(load: Load) -> None:
    """Load the customers."""
    if load.has(FORM):
        CustomerLoader(load, FORM).run()
