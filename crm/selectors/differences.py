"""Where a customer's contact data, edited here, differ from the bank's feed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef
from django.db.models.functions import JSONObject

from crm.models import FeedDifference
from crm.models.feed_difference import label_of


@dataclass(frozen=True)
class Differing:
    """A difference to be settled, as the customer page shows it."""

    pk: int
    column: str
    ours: str
    theirs: str
    told_at: datetime

    @property
    def label(self) -> str:
        """The column in words."""
        return label_of(self.column)


def differences_read() -> ArraySubquery:
    """Give the annotation, on customers, that `differences_of` reads."""
    rows = FeedDifference.objects.filter(customer=OuterRef("pk")).unsettled().order_by("column")
    facts = {name: F(name) for name in ("pk", "column", "theirs", "told_at")}
    return ArraySubquery(rows.values(facts=JSONObject(**facts)))


def differences_of(customer: Any) -> list[Differing]:
    """Give what is to be settled of a customer read for his page."""
    return [
        Differing(**told | {"ours": ours, "told_at": datetime.fromisoformat(told["told_at"])})
        for told in customer.differing
        if (ours := getattr(customer, told["column"])) != told["theirs"]
    ]
