"""What the customer has, and what of it ends next."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from crm.models import Customer
from crm.panels.overview import overview_of
from crm.panels.section import Section
from finpulse.kernel.panels import Panel, on_page_of


@on_page_of("crm.customer", "crm.holdings")
class Holdings(Panel):
    """Holdings by kind with subtotals."""

    template = "crm/panels/holdings.html"
    permission = "crm.view_holding"
    weight = 10

    def context(self, request: HttpRequest, customer: Customer) -> dict[str, Any]:
        """The groups, and whence the rows are."""
        overview = overview_of(request, customer)
        return {
            "overview": overview,
            "customer": customer,
            "section": Section("Holdings", "holdings-head", sum(len(group.rows) for group in overview.groups)),
            "sources": sorted({row.holding.source for row in overview.owned}),
        }


@on_page_of("crm.customer", "crm.maturities")
class Maturities(Panel):
    """The next maturities."""

    template = "crm/panels/maturities.html"
    permission = "crm.view_holding"
    column = "side"
    weight = 10

    def context(self, request: HttpRequest, customer: Customer) -> dict[str, Any]:
        """Soonest first."""
        return {"maturities": overview_of(request, customer).maturities}
