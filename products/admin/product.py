"""The list of products and the page of one."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import F, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.template.response import TemplateResponse
from django.utils import timezone

from finpulse.kernel.admin import ScopedModelAdmin
from products.models import Product
from products.rate_words import best_rate_text
from products.selectors import product_page


@admin.register(Product)
class ProductAdmin(ScopedModelAdmin):
    """The catalogue, to be read: it changes by an import."""

    list_purpose = "What the bank offers, at which rates and to whom."
    list_display = ("name", "shown_category", "bank", "shown_rate", "currency", "shown_published")
    list_filter = ("category", "bank")
    search_fields = ("name",)
    search_help_text = "Name of the product"
    ordering = ("category", "name", "id")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Product]:
        """Read today's best rate with the row."""
        return super().get_queryset(request).with_best_rate(timezone.localdate())  # type: ignore[attr-defined]

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Show one product."""
        product = self.get_object(request, object_id)
        if product is None:
            raise Http404("no such product")
        if not self.has_view_permission(request, product):
            raise PermissionDenied
        if request.method not in ("GET", "HEAD"):
            return HttpResponseNotAllowed(("GET", "HEAD"))
        context = {
            **self.admin_site.each_context(request),
            "title": product.name,
            "opts": self.opts,
            "product": product,
            "best_rate": self.shown_rate(product),
            "page": product_page(product=product, today=timezone.localdate()),
            **(extra_context or {}),
        }
        return TemplateResponse(request, "products/product.html", context)

    @admin.display(description="Category", ordering="category")
    def shown_category(self, product: Product) -> str:
        """The category in words."""
        return product.get_category_display()

    @admin.display(description="Published", ordering="last_updated_at")
    def shown_published(self, product: Product) -> date | None:
        """The day of the document."""
        return timezone.localdate(product.last_updated_at) if product.last_updated_at else None

    @admin.display(description="Best rate today", ordering=F("best_rate").desc(nulls_last=True))
    def shown_rate(self, product: Any) -> str:
        """The day's best standing rate."""
        return best_rate_text(product.best_rate, is_lending=product.is_lending)
