"""The list of customers, the form of what FinPulse owns, and the customer page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.html import format_html

from crm.admin.bring_in import bring_in_page, end_grant
from crm.admin.bulk import CustomersTask
from crm.admin.bulk_charge import CustomersAssign, CustomersHandOver
from crm.admin.columns import OrderedWhereIndexed
from crm.admin.customer_filters import ManagerFilter, UnitFilter
from crm.admin.find import find_customers
from crm.admin.log_interaction import log_interaction
from crm.admin.page import customer_page
from crm.admin.relationships import relationships_page
from crm.admin.restrict import restrict_page
from crm.admin.reveal import reveal_page
from crm.admin.seers import seers_page
from crm.admin.trail import trail_page
from crm.models import Customer
from crm.models.customer import EDITABLE
from crm.selectors.search import customers_matching
from crm.services import customer_edit
from finpulse.identity.actor import actor_of
from finpulse.kernel.admin import ScopedModelAdmin
from finpulse.kernel.admin.change_list import ScopedChangeList
from finpulse.kernel.admin.service_form import ServiceFormMixin, shown_by
from finpulse.kernel.templatetags.finpulse import due


class CustomerChangeList(ScopedChangeList):
    """A row leads to the customer page, not to the form."""

    def url_for_result(self, result: Any) -> str:
        """Give the address of the page."""
        return reverse("admin:crm_customer_page", args=[result.pk])


@admin.register(Customer)
class CustomerAdmin(OrderedWhereIndexed, ServiceFormMixin, ScopedModelAdmin):
    """Customers in the user's scope."""

    list_purpose = "Those whom you may see. Find them by name, number, phone or e-mail."
    list_display = ("shown_name", "customer_no", "shown_segment", "shown_kyc", "manager", "unit", "city")
    bulk_verbs = (CustomersTask(), CustomersAssign(), CustomersHandOver())
    list_offered = (
        *("phone", "email", "kind", "status", "language", "address", "region", "postal_code", "occupation"),
        *("joined_on", "shown_review", "aml_risk", "last_contact", "open_tasks"),
    )
    offered_to = {"last_contact": "crm.view_interaction", "open_tasks": "crm.view_task"}
    list_display_links = ("shown_name",)
    list_select_related = ("manager", "unit")
    list_filter = (ManagerFilter, UnitFilter, "segment", "kind", "status", "kyc_status")
    ordering = ("sort_name", "id")
    indexed_columns = ("shown_name",)
    search_fields = ("search_text",)
    search_help_text = "Name, customer number, phone, e-mail, national id, or the last digits of a holding number"
    fields = EDITABLE

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ScopedChangeList]:
        """Use our own links."""
        return CustomerChangeList

    def get_queryset(self, request: HttpRequest) -> QuerySet[Customer]:
        """Leave out what no list shows."""
        return super().get_queryset(request).defer("national_id", "tax_id", "search_text")

    def with_columns(self, rows: QuerySet[Any], columns: Sequence[str]) -> QuerySet[Any]:
        """Ask of interactions and tasks only where they are shown."""
        customers: Any = rows
        if "last_contact" in columns:
            customers = customers.with_last_contact()
        if "open_tasks" in columns:
            customers = customers.with_open_tasks()
        asked: QuerySet[Any] = customers
        return asked

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Customer], search_term: str
    ) -> tuple[QuerySet[Customer], bool]:
        """Search by our own normalised text; never across a relation."""
        return customers_matching(queryset, search_term), False

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Customers come from the feed."""
        return False

    def save_by_service(self, request: HttpRequest, form: forms.ModelForm, obj: Customer) -> None:
        """Edit contact data."""
        customer_edit(
            customer_id=obj.pk,
            changes={name: form.cleaned_data[name] for name in form.changed_data},
            shown=shown_by(form),
            actor=actor_of(request),
        )

    def get_urls(self) -> list[URLPattern]:
        """Put the page and the verbs before the stock addresses, which would lead to the form."""
        own = [
            path("find/", self.admin_site.admin_view(find_customers), name="crm_customer_find"),
            path("<int:object_id>/", self.admin_site.admin_view(self.page), name="crm_customer_page"),
            path("<int:object_id>/log/", self.admin_site.admin_view(self.log), name="crm_customer_log"),
            path(
                "<int:object_id>/relationships/",
                self.admin_site.admin_view(self.relationships),
                name="crm_customer_relationships",
            ),
            path("<int:object_id>/who-sees/", self.admin_site.admin_view(self.who_sees), name="crm_customer_who_sees"),
            path("<int:object_id>/trail/", self.admin_site.admin_view(self.trail), name="crm_customer_trail"),
            path("<int:object_id>/reveal/", self.admin_site.admin_view(self.reveal), name="crm_customer_reveal"),
            path("<int:object_id>/restrict/", self.admin_site.admin_view(self.restrict), name="crm_customer_restrict"),
            path("<int:object_id>/bring-in/", self.admin_site.admin_view(self.bring_in), name="crm_customer_bring_in"),
            path("<int:object_id>/end-grant/", self.admin_site.admin_view(end_grant), name="crm_customer_end_grant"),
        ]
        return own + super().get_urls()

    def page(self, request: HttpRequest, object_id: int) -> HttpResponse:
        """Show one customer."""
        return customer_page(self, request, object_id)

    def log(self, request: HttpRequest, object_id: int) -> HttpResponse:
        """Log an interaction with one customer."""
        return log_interaction(self, request, object_id)

    def relationships(self, request: HttpRequest, object_id: int) -> HttpResponse:
        """Show with whom one customer belongs."""
        return relationships_page(self, request, object_id)

    def who_sees(self, request: HttpRequest, object_id: int) -> HttpResponse:
        """Show who may see one customer, and why."""
        return seers_page(self, request, object_id)

    def trail(self, request: HttpRequest, object_id: int) -> HttpResponse:
        """Show who did what with one customer, and who saw him."""
        return trail_page(self, request, object_id)

    def restrict(self, request: HttpRequest, object_id: int) -> HttpResponse:
        """Propose to restrict one customer, or to lift that."""
        return restrict_page(self, request, object_id)

    def reveal(self, request: HttpRequest, object_id: int) -> HttpResponse:
        """Show an identifier of one customer whole, for a while."""
        return reveal_page(self, request, object_id)

    def bring_in(self, request: HttpRequest, object_id: int) -> HttpResponse:
        """Open one customer to somebody by name."""
        return bring_in_page(self, request, object_id)

    def response_post_save_change(self, request: HttpRequest, obj: Customer) -> HttpResponseRedirect:
        """Lead back to the customer page."""
        return redirect("admin:crm_customer_page", obj.pk)

    @admin.display(description="Customer", ordering="sort_name")
    def shown_name(self, customer: Customer) -> str:
        """The name as people say it."""
        return customer.name

    @admin.display(description="Segment", ordering="segment")
    def shown_segment(self, customer: Customer) -> str:
        """The segment, with a sign on restricted customers."""
        if customer.restricted:
            return format_html('{} <span class="badge badge--bad">Restricted</span>', customer.get_segment_display())
        return customer.get_segment_display() or "–"

    @admin.display(description="Due diligence", ordering="kyc_status")
    def shown_kyc(self, customer: Customer) -> str:
        """The state of due diligence as a badge."""
        tone = {"CLEAR": "good", "PENDING": "warn"}.get(customer.kyc_status, "bad")
        words = customer.get_kyc_status_display().removeprefix("Due diligence ")
        return format_html('<span class="badge badge--{}">{}</span>', tone, words.capitalize())

    @admin.display(description="Review due", ordering="kyc_review_on")
    def shown_review(self, customer: Customer) -> str:
        """When due diligence is to be looked at again."""
        return due(customer.kyc_review_on)

    @admin.display(description="Last contact")
    def last_contact(self, customer: Any) -> str:
        """The day somebody last spoke with him, as `with_last_contact` read it."""
        at = customer.last_contact_at
        return due(timezone.localdate(at)) if at else "–"

    @admin.display(description="Open tasks")
    def open_tasks(self, customer: Any) -> int:
        """How many wait, as `with_open_tasks` counted them."""
        number: int = customer.open_tasks
        return number
