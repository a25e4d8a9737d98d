"""Who may apply, as the bank words it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from products.models.product import Product

AGES = ("MIN_AGE", "MAX_AGE")
RESIDENCY = "RESIDENCY_STATUS"
# The kinds that a rule can answer for; see products.criteria.
READABLE = (*AGES, "NATURAL_PERSON", "BUSINESS", RESIDENCY)


class Criterion(models.Model):
    """One condition of a product. `value` and `info` are the bank's own words, unchanged.

    Only what can be read with certainty is `understood`: an age in whole years (`threshold`), a person, a business, a
    resident of `country` (ISO 3166). `more_to_check` says that the words ask for something beyond that,
    `admits_sole_traders` that a business may be a person by the product's words. Anything else is checked by hand.
    """

    class Kind(models.TextChoices):
        """Consumer Data Standards, "Product Eligibility Types"."""

        BUSINESS = "BUSINESS", "Only for businesses"
        NATURAL_PERSON = "NATURAL_PERSON", "Only for persons"
        MIN_AGE = "MIN_AGE", "Minimum age"
        MAX_AGE = "MAX_AGE", "Maximum age"
        RESIDENCY_STATUS = "RESIDENCY_STATUS", "Residency"
        MIN_INCOME = "MIN_INCOME", "Minimum income"
        MIN_TURNOVER = "MIN_TURNOVER", "Minimum turnover"
        EMPLOYMENT_STATUS = "EMPLOYMENT_STATUS", "Employment"
        PENSION_RECIPIENT = "PENSION_RECIPIENT", "Pension or benefit"
        STAFF = "STAFF", "Staff of the bank"
        STUDENT = "STUDENT", "Students"
        OTHER = "OTHER", "Other"

    product = models.ForeignKey(Product, on_delete=models.CASCADE, related_name="criteria", db_index=False)
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=40, choices=Kind.choices)
    value = models.TextField(blank=True)
    info = models.TextField(blank=True)
    info_uri = models.URLField(max_length=1000, blank=True)
    understood = models.BooleanField()
    threshold = models.PositiveSmallIntegerField(null=True, blank=True, help_text="Whole years.")
    country = models.CharField(max_length=2, blank=True)
    more_to_check = models.BooleanField(default=False)
    admits_sole_traders = models.BooleanField(default=False)

    class Meta:
        verbose_name_plural = "criteria"
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["product", "position"], name="products_criterion_once"),
            models.CheckConstraint(
                condition=Q(understood=False) | Q(kind__in=READABLE), name="products_criterion_understood_has_rule"
            ),
            models.CheckConstraint(
                condition=Q(understood=True, kind__in=AGES, threshold__isnull=False, threshold__range=(1, 120))
                | (~Q(understood=True, kind__in=AGES) & Q(threshold__isnull=True)),
                name="products_criterion_age_has_years",
            ),
            models.CheckConstraint(
                condition=Q(understood=True, kind=RESIDENCY, country__regex=r"^[A-Z]{2}$")
                | (~Q(understood=True, kind=RESIDENCY) & Q(country="")),
                name="products_criterion_residency_has_country",
            ),
            models.CheckConstraint(
                condition=Q(admits_sole_traders=False) | Q(kind="BUSINESS"),
                name="products_criterion_trader_is_business",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.value}".strip()
