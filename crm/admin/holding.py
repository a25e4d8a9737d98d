"""Holdings in the user's scope, to look at."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html

from crm.admin.columns import OfCustomerList
from crm.masking import holding_number
from crm.models import Holding
from crm.selectors.my_day import DAYS_AHEAD
from finpulse.kernel.admin import ReadOnlyAdmin
from finpulse.kernel.templatetags.finpulse import due, money, percent


class MaturingFilter(admin.SimpleListFilter):
    """What matures within so many days, the soonest first."""

    title = "maturing"
    parameter_name = "maturing"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """Offer a week, what my day counts, a quarter."""
        return [(str(days), f"Within {days} days") for days in (7, DAYS_AHEAD, 90)]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Holding]) -> QuerySet[Holding]:
        """Narrow to what my day would show of it."""
        if self.value() not in dict(self.lookup_choices):
            return queryset
        today = timezone.localdate()
        until = today + timedelta(days=int(self.value() or 0))
        rows: QuerySet[Holding] = queryset.maturing(since=today, until=until)  # type: ignore[attr-defined]
        return rows


@admin.register(Holding)
class HoldingAdmin(OfCustomerList, ReadOnlyAdmin):
    """The core-banking system owns holdings: nothing is edited here."""

    list_purpose = "What the customers whom you see have and owe."
    list_display = (
        "shown",
        "shown_owner",
        "shown_number",
        "kind",
        "shown_rate",
        "shown_maturity",
        "status",
        "shown_balance",
    )
    list_offered = (
        *("currency", "opened_on", "rate_type", "balance_as_of", "product_code", "closed_on"),
        *("shown_amount_available", "shown_amount_instalment", "next_due_on", "days_past_due", "shown_amount_overdue"),
    )
    list_display_links = ("shown",)
    indexed_columns = ("shown_number",)
    list_filter = (MaturingFilter, "kind", "status")
    search_fields = ("=holding_no", "=iban")
    search_help_text = "A whole holding number or IBAN"
    fields = (
        "shown", "shown_owner", "shown_number", "kind", "status", "shown_balance", "balance_as_of", "shown_rate",
        "rate_type", "opened_on", "matures_on", "closed_on", "instalment", "next_due_on", "days_past_due",
        "overdue_amount",
    )  # fmt: skip
    readonly_fields = fields

    def get_queryset(self, request: HttpRequest) -> QuerySet[Holding]:
        """Read the owners along."""
        return super().get_queryset(request).with_owner(request.user)  # type: ignore[attr-defined]

    def get_ordering(self, request: HttpRequest) -> tuple[str, ...]:
        """The newest first; of what matures, the soonest."""
        return ("matures_on", "id") if MaturingFilter.parameter_name in request.GET else ("-id",)

    @admin.display(description="Holding")
    def shown(self, holding: Holding) -> str:
        """The name people use."""
        return holding.name or holding.get_kind_display()

    @admin.display(description="Customer")
    def shown_owner(self, holding: Holding) -> str:
        """The primary owner, who leads to his page; of one out of the reader's scope no name."""
        if not holding.owner_in_scope:  # type: ignore[attr-defined]
            return format_html('<span class="muted">{}</span>', "not in your care")
        return format_html(
            '<a href="{}">{}</a>', reverse("admin:crm_customer_page", args=[holding.customer_id]), holding.customer.name
        )

    @admin.display(description="Number", ordering="holding_no")
    def shown_number(self, holding: Holding) -> str:
        """Masked where it is an IBAN or a card."""
        return holding_number(holding)

    @admin.display(description="Rate", ordering="rate")
    def shown_rate(self, holding: Holding) -> str:
        """Per year."""
        return percent(holding.rate)

    @admin.display(description="Matures", ordering="matures_on")
    def shown_maturity(self, holding: Holding) -> str:
        """Relative when near."""
        return due(holding.matures_on)

    @admin.display(description="Balance", ordering="balance")
    def shown_balance(self, holding: Holding) -> str:
        """Signed from the customer's view."""
        return money(holding.balance, holding.currency)

    @admin.display(description="Available", ordering="available")
    def shown_amount_available(self, holding: Holding) -> str:
        """What can be drawn."""
        return money(holding.available, holding.currency)

    @admin.display(description="Instalment", ordering="instalment")
    def shown_amount_instalment(self, holding: Holding) -> str:
        """What is paid each time; only where something is."""
        return _owed(holding.instalment, holding.currency)

    @admin.display(description="Overdue", ordering="overdue_amount")
    def shown_amount_overdue(self, holding: Holding) -> str:
        """What should have been paid already."""
        return _owed(holding.overdue_amount, holding.currency)


def _owed(amount: Decimal | None, currency: str) -> str:
    return "–" if amount is None else money(amount, currency)
