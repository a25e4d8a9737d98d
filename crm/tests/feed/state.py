"""All that a load leaves behind, by the bank's own keys: no ids of ours, no moments, no nonces."""

from __future__ import annotations

from collections import Counter
from typing import Any

from crm.models import (
    Balance,
    Customer,
    CustomerHistory,
    ExchangeRate,
    FeedLoad,
    Holding,
    HoldingHistory,
    HoldingParty,
    Position,
    Relationship,
)
from finpulse.audit.models import AuditEvent
from finpulse.identity.models import OfficerCode, Unit

OURS = ("id", "uid", "created_at", "updated_at", "national_id", "tax_id", "unit", "manager", "customer")
HISTORY_OURS = ("pgh_id", "pgh_created_at", "pgh_context", "pgh_obj", *OURS)
PARTY = ("holding__holding_no", "customer__customer_no", "role", "share", "amount", "since_on", "until_on")
POSITION = ("holding__holding_no", "isin", "name", "quantity", "price", "price_currency", "price_on")
RELATION = ("customer__customer_no", "related__customer_no", "kind", "share", "since_on", "until_on", "source")


def state() -> dict[str, Any]:
    """Give every business table in its natural order, the history of each row, and the audit by what it is about."""
    return {
        "units": _rows(Unit, "code", "name", "kind", "parent__code"),
        "officers": _rows(OfficerCode, "code", "user__username"),
        "customers": _rows(Customer, "customer_no", *_columns(Customer, OURS), "manager__username", "unit__code"),
        "identifiers": _identifiers(),
        "holdings": _rows(Holding, "holding_no", *_columns(Holding, OURS), "customer__customer_no"),
        "parties": _rows(HoldingParty, *PARTY),
        "positions": _rows(Position, *POSITION),
        "balances": _rows(Balance, "holding__holding_no", "as_of", "balance"),
        "relationships": _rows(Relationship, *RELATION),
        "rates": _rows(ExchangeRate, "currency", "base", "as_of", "rate", "source"),
        "customers' history": _rows(CustomerHistory, "customer_no", *_columns(CustomerHistory, HISTORY_OURS)),
        "holdings' history": _rows(HoldingHistory, "holding_no", *_columns(HoldingHistory, HISTORY_OURS)),
        "loads": [(load.sequence, load.kind, load.finished_at is not None) for load in FeedLoad.objects.all()],
        "events": _events(),
    }


def _columns(model: Any, without: tuple[str, ...]) -> list[str]:
    return [field.name for field in model._meta.concrete_fields if field.name not in without]


def _rows(model: Any, *columns: str) -> list[tuple[Any, ...]]:
    return sorted(model._base_manager.values_list(*columns), key=repr)


def _identifiers() -> list[tuple[str, str]]:
    field = Customer._meta.get_field("national_id")
    return [(row.customer_no, field.reveal(row)) for row in Customer.objects.order_by("customer_no")]


def _events() -> Counter[tuple[str, str]]:
    numbers = {("crm.customer", row.pk): row.customer_no for row in Customer.objects.all()}
    events = AuditEvent.objects.values_list("verb", "subject_type", "subject_id")
    return Counter((verb, numbers.get((kind, key), kind)) for verb, kind, key in events)
