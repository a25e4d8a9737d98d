"""Interest rates over time."""

from __future__ import annotations

from datetime import date

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value

from products.models.product import Product
from products.querysets import RateQuerySet


class Rate(models.Model):
    """A published rate: a fraction per year, from `valid_from` until before `valid_until` (open when empty).

    `key` tells what the rate is for (side, type, term, tiers, conditions) and not how high it is: a new figure closes
    the row and opens another with the same key. A row opened and closed on one day is a correction, never in force.
    `term` is an ISO 8601 duration as published; `term_months` is empty where it is no whole number of months.
    """

    class Side(models.TextChoices):
        DEPOSIT = "DEPOSIT", "paid to the customer"
        LENDING = "LENDING", "paid by the customer"

    # Consumer Data Standards, "Product Deposit Rate Types" and "Product Lending Rate Types"; a bank may add its own.
    TYPE_LABELS = {
        "FIXED": "Fixed",
        "VARIABLE": "Variable",
        "FLOATING": "Floating",
        "MARKET_LINKED": "Market-linked",
        "BONUS": "Bonus",
        "BUNDLE_BONUS": "Bundle bonus",
        "INTRODUCTORY": "Introductory",
        "DISCOUNT": "Discount",
        "BUNDLE_DISCOUNT_FIXED": "Bundle discount off fixed",
        "BUNDLE_DISCOUNT_VARIABLE": "Bundle discount off variable",
        "PENALTY": "Penalty",
        "PURCHASE": "Purchases",
        "CASH_ADVANCE": "Cash advances",
    }
    # Rates that stand by themselves; the others add to one, take from one or end soon.
    BASE_TYPES = ("FIXED", "VARIABLE", "FLOATING", "MARKET_LINKED", "PURCHASE")

    product = models.ForeignKey(Product, on_delete=models.CASCADE, related_name="rates", db_index=False)
    key = models.CharField(max_length=64, editable=False)
    side = models.CharField(max_length=7, choices=Side.choices)
    type = models.CharField(max_length=40)
    rate = models.DecimalField(max_digits=9, decimal_places=6)
    comparison_rate = models.DecimalField(max_digits=9, decimal_places=6, null=True, blank=True)
    term = models.CharField(max_length=20, blank=True)
    term_months = models.PositiveSmallIntegerField(null=True, blank=True)
    loan_purpose = models.CharField(max_length=40, blank=True)
    repayment_type = models.CharField(max_length=40, blank=True)
    conditions = models.TextField(blank=True)
    valid_from = models.DateField()
    valid_until = models.DateField(null=True, blank=True)

    objects = RateQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(condition=Q(rate__range=(-1, 1)), name="products_rate_is_fraction"),
            models.CheckConstraint(
                condition=Q(comparison_rate__isnull=True) | Q(comparison_rate__range=(-1, 1)),
                name="products_rate_comparison_is_fraction",
            ),
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=F("valid_from")),
                name="products_rate_ends_after_start",
            ),
            ExclusionConstraint(
                name="products_rate_one_at_a_time",
                expressions=[
                    ("product", RangeOperators.EQUAL),
                    ("key", RangeOperators.EQUAL),
                    (
                        Func(
                            "valid_from",
                            "valid_until",
                            Value("[)"),
                            function="DATERANGE",
                            output_field=DateRangeField(),
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                ],
            ),
        ]
        indexes = [models.Index(fields=["product", "side", "rate"], name="products_rate_of_product")]

    def __str__(self) -> str:
        return f"{self.type_label} {self.rate}"

    @property
    def type_label(self) -> str:
        """The type in words."""
        return self.TYPE_LABELS.get(self.type, self.type.replace("_", " ").capitalize())

    def is_in_force(self, day: date) -> bool:
        """Tell whether this is a rate of the day, as RateQuerySet.in_force does."""
        return self.valid_from <= day and (self.valid_until is None or self.valid_until > day)


class RateTier(models.Model):
    """What a rate holds for: every tier of a rate must be met. Both ends belong to it; an open end is empty."""

    rate = models.ForeignKey(Rate, on_delete=models.CASCADE, related_name="tiers", db_index=False)
    position = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=100, blank=True)
    unit = models.CharField(max_length=20, help_text="DOLLAR, PERCENT, MONTH or DAY.")
    minimum = models.DecimalField(max_digits=20, decimal_places=4)
    maximum = models.DecimalField(max_digits=20, decimal_places=4, null=True, blank=True)
    method = models.CharField(max_length=40, blank=True, help_text="PER_TIER or WHOLE_BALANCE.")
    conditions = models.TextField(blank=True)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["rate", "position"], name="products_ratetier_once"),
            models.CheckConstraint(condition=Q(minimum__gte=0), name="products_ratetier_not_negative"),
            models.CheckConstraint(
                condition=Q(maximum__isnull=True) | Q(maximum__gte=F("minimum")),
                name="products_ratetier_ends_after_start",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.minimum}–{self.maximum or ''}"
