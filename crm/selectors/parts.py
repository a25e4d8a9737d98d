"""Who has part in a holding."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from crm.models import Customer, Holding, HoldingParty
from crm.querysets import valid_on


def parties_of(holding: Holding, user: Any) -> QuerySet[HoldingParty]:
    """Give the parties of today of a holding in the user's scope, each marked whether he is `in_scope` himself."""
    seen = Customer.objects.visible_to(user).filter(pk=OuterRef("customer"))
    rows = HoldingParty.objects.filter(valid_on(timezone.localdate()), holding=holding)
    marked = rows.annotate(in_scope=Exists(seen)).select_related("holding", "customer")
    parties: QuerySet[HoldingParty] = marked.defer(*(f"customer__{name}" for name in _NOT_SHOWN))
    return parties


_NOT_SHOWN = ("national_id", "tax_id", "search_text")
