"""Holdings in the user's scope, to look at."""

from __future__ import annotations

from django.contrib import admin

from crm.masking import holding_number
from crm.models import Holding
from finpulse.kernel.admin import ReadOnlyAdmin
from finpulse.kernel.templatetags.finpulse import due, money, percent


@admin.register(Holding)
class HoldingAdmin(ReadOnlyAdmin):
    """The core-banking system owns holdings: nothing is edited here."""

    list_display = ("shown", "shown_number", "kind", "shown_rate", "shown_maturity", "status", "shown_balance")
    list_display_links = ("shown",)
    list_filter = ("kind", "status")
    ordering = ("-id",)
    search_fields = ("=holding_no", "=iban")
    search_help_text = "A whole holding number or IBAN"
    fields = (
        "shown", "shown_number", "kind", "status", "shown_balance", "balance_as_of", "shown_rate", "rate_type",
        "opened_on", "matures_on", "closed_on", "instalment", "next_due_on", "days_past_due", "overdue_amount",
    )  # fmt: skip
    readonly_fields = fields

    @admin.display(description="Holding")
    def shown(self, holding: Holding) -> str:
        """The name people use."""
        return holding.name or holding.get_kind_display()

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
