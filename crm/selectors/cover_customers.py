"""Customers named in a cover, and those who might be."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from crm.models import CoverCustomer, Customer
from crm.selectors.search import customers_matching
from finpulse.identity.models import Cover

SHOWN = 20


def named_in(cover: Cover, user: Any) -> list[Customer]:
    """Give whom the user sees of those who are named, by name."""
    named = CoverCustomer.objects.filter(cover=cover).values("customer")
    return list(_seen(user).filter(pk__in=named))


def may_be_named_in(cover: Cover, user: Any, text: str) -> list[Customer]:
    """Give the first whom the user sees of the covered colleague's other customers, by name, as far as they match."""
    named = CoverCustomer.objects.filter(cover=cover).values("customer")
    others = _seen(user).filter(manager=cover.covered_id).exclude(pk__in=named)
    return list(customers_matching(others, text)[:SHOWN])


def _seen(user: Any) -> QuerySet[Customer]:
    rows: QuerySet[Customer] = Customer.objects.visible_to(user).order_by("sort_name", "pk")
    return rows.defer("national_id", "tax_id", "search_text")
