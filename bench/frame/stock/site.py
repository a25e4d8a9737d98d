"""The pages that come nearest to ours, written as the admin's documentation has them."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib import admin

from crm.models import Customer, Holding, Interaction, Task
from crm.models.customer import EDITABLE

site = admin.AdminSite(name="admin")

SHOWN = (
    "customer_no", "kind", "given_name", "family_name", "organisation_name", "birth_on", "segment", "status",
    "kyc_status", "kyc_level", "kyc_review_on", "aml_risk", "pep", "restricted", "investment_risk_profile",
    "credit_rating", "annual_income", "currency", "manager", "unit", "joined_on",
)  # fmt: skip


class HoldingInline(admin.TabularInline):
    """What the customer holds."""

    model = Holding
    fields = ("name", "holding_no", "kind", "rate", "matures_on", "status", "balance", "currency")
    extra = 0


class InteractionInline(admin.TabularInline):
    """What was said."""

    model = Interaction
    fields = ("channel", "direction", "occurred_at", "summary", "author")
    raw_id_fields = ("author",)
    extra = 0


class TaskInline(admin.TabularInline):
    """What is to be done."""

    model = Task
    fields = ("title", "due_on", "assignee", "state")
    raw_id_fields = ("assignee",)
    extra = 0


@admin.register(Customer, site=site)
class CustomerAdmin(admin.ModelAdmin):
    """The list's columns, filters and length are ours; the form is what stock has for a page of one customer."""

    list_display = ("__str__", "customer_no", "segment", "kyc_status", "manager", "unit", "city")
    list_select_related = ("manager", "unit")
    list_filter = ("segment", "kind", "status", "kyc_status")
    list_per_page = 50
    ordering = ("sort_name", "id")
    search_fields = ("search_text",)
    fields = (*SHOWN, *EDITABLE)
    readonly_fields = SHOWN
    inlines: ClassVar[list[Any]] = [HoldingInline, InteractionInline, TaskInline]


class OfCustomerAdmin(admin.ModelAdmin):
    """A list of what hangs on customers."""

    list_select_related = ("customer",)
    raw_id_fields = ("customer",)


site.register([Holding, Interaction, Task], OfCustomerAdmin)
