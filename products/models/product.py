"""A product of the bank's catalogue."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from products.querysets import ProductQuerySet


class Product(models.Model):
    """What a bank offers, as its Consumer Data Standards document says. `code` is the document's productId.

    On offer from `effective_from_at` until before `effective_until_at`, each open when empty. `fingerprint` is the
    SHA-256 of the document last read; the same document again changes nothing.
    """

    class Category(models.TextChoices):
        """Consumer Data Standards, "Product Categories"."""

        TRANS_AND_SAVINGS_ACCOUNTS = "TRANS_AND_SAVINGS_ACCOUNTS", "Current and savings accounts"
        TERM_DEPOSITS = "TERM_DEPOSITS", "Term deposits"
        RESIDENTIAL_MORTGAGES = "RESIDENTIAL_MORTGAGES", "Mortgages"
        PERS_LOANS = "PERS_LOANS", "Personal loans"
        BUSINESS_LOANS = "BUSINESS_LOANS", "Business loans"
        CRED_AND_CHRG_CARDS = "CRED_AND_CHRG_CARDS", "Credit and charge cards"
        OVERDRAFTS = "OVERDRAFTS", "Overdrafts"
        LEASES = "LEASES", "Leases"
        MARGIN_LOANS = "MARGIN_LOANS", "Margin loans"
        TRADE_FINANCE = "TRADE_FINANCE", "Trade finance"
        TRAVEL_CARDS = "TRAVEL_CARDS", "Travel cards"
        REGULATED_TRUST_ACCOUNTS = "REGULATED_TRUST_ACCOUNTS", "Trust accounts"
        BUY_NOW_PAY_LATER = "BUY_NOW_PAY_LATER", "Buy now, pay later"

    # What the customer owes on; the rest is what he keeps with the bank.
    LENDING = (
        Category.RESIDENTIAL_MORTGAGES,
        Category.PERS_LOANS,
        Category.BUSINESS_LOANS,
        Category.CRED_AND_CHRG_CARDS,
        Category.OVERDRAFTS,
        Category.LEASES,
        Category.MARGIN_LOANS,
        Category.TRADE_FINANCE,
        Category.BUY_NOW_PAY_LATER,
    )

    code = models.CharField(max_length=100, unique=True)
    brand = models.CharField(max_length=100, blank=True, help_text="The brand's code in the document.")
    bank = models.CharField(max_length=120, help_text="The brand's name, or its code where it has no name.")
    category = models.CharField(max_length=40, choices=Category.choices)
    name = models.CharField(max_length=200)
    description = models.TextField(blank=True)
    currency = models.CharField(max_length=3, default="AUD")
    is_tailored = models.BooleanField(default=False, help_text="Rates and fees are settled with each customer.")
    effective_from_at = models.DateTimeField("on offer from", null=True, blank=True)
    effective_until_at = models.DateTimeField("on offer until", null=True, blank=True)
    last_updated_at = models.DateTimeField("published", null=True, blank=True)
    application_uri = models.URLField("where to apply", max_length=1000, blank=True)
    fingerprint = models.CharField(max_length=64, editable=False)
    imported_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = ProductQuerySet.as_manager()

    class Meta:
        ordering = ["category", "name", "id"]
        constraints = [
            models.CheckConstraint(condition=~Q(code=""), name="products_product_has_code"),
            models.CheckConstraint(condition=~Q(name=""), name="products_product_has_name"),
            models.CheckConstraint(condition=Q(currency__regex=r"^[A-Z]{3}$"), name="products_product_currency_is_iso"),
            models.CheckConstraint(
                condition=Q(application_uri="") | Q(application_uri__regex=r"^https?://"),
                name="products_product_applies_on_the_web",
            ),
            models.CheckConstraint(
                condition=Q(effective_from_at__isnull=True)
                | Q(effective_until_at__isnull=True)
                | Q(effective_until_at__gt=F("effective_from_at")),
                name="products_product_ends_after_start",
            ),
        ]
        indexes = [models.Index(fields=["category", "name", "id"], name="products_product_listed")]

    def __str__(self) -> str:
        return self.name

    @property
    def is_lending(self) -> bool:
        """Whether the customer owes on it."""
        return self.category in self.LENDING
