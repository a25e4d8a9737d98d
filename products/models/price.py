"""What a product costs and what amounts it allows."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from products.models.product import Product


class Fee(models.Model):
    """A fee as published: an amount, or a share (a fraction) of something, or neither where it depends on the case.

    `value` is the document's additionalValue: the period of a periodic fee as an ISO 8601 duration, else the bank's
    words.
    """

    class ShareOf(models.TextChoices):
        BALANCE = "BALANCE", "of the balance"
        TRANSACTION = "TRANSACTION", "of the transaction"
        ACCRUED = "ACCRUED", "of the accrued interest"

    product = models.ForeignKey(Product, on_delete=models.CASCADE, related_name="fees", db_index=False)
    position = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=40)
    amount = models.DecimalField(max_digits=18, decimal_places=2, null=True, blank=True)
    currency = models.CharField(max_length=3)
    share = models.DecimalField(max_digits=9, decimal_places=6, null=True, blank=True)
    share_of = models.CharField(max_length=11, choices=ShareOf.choices, blank=True)
    value = models.TextField(blank=True)
    info = models.TextField(blank=True)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["product", "position"], name="products_fee_once"),
            models.CheckConstraint(
                condition=Q(amount__isnull=True) | Q(amount__gte=0), name="products_fee_not_negative"
            ),
            models.CheckConstraint(
                condition=Q(share__isnull=True) | Q(share__range=(0, 1)), name="products_fee_share_is_fraction"
            ),
            models.CheckConstraint(
                condition=Q(share__isnull=True, share_of="") | Q(share__isnull=False) & ~Q(share_of=""),
                name="products_fee_share_is_of_something",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Constraint(models.Model):
    """The least or most a product allows. `amount` is empty where the bank answers in words (`value`)."""

    class Kind(models.TextChoices):
        """Consumer Data Standards, "Product Constraint Types"; a bank may add its own."""

        MIN_BALANCE = "MIN_BALANCE", "Least balance"
        MAX_BALANCE = "MAX_BALANCE", "Most balance"
        OPENING_BALANCE = "OPENING_BALANCE", "Opening balance"
        MIN_LIMIT = "MIN_LIMIT", "Least limit or loan"
        MAX_LIMIT = "MAX_LIMIT", "Most limit or loan"
        MIN_LVR = "MIN_LVR", "Least loan to value"
        MAX_LVR = "MAX_LVR", "Most loan to value"
        OTHER = "OTHER", "Other"

    AMOUNTS = (Kind.MIN_BALANCE, Kind.MAX_BALANCE, Kind.OPENING_BALANCE, Kind.MIN_LIMIT, Kind.MAX_LIMIT)

    product = models.ForeignKey(Product, on_delete=models.CASCADE, related_name="constraints", db_index=False)
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=40, choices=Kind.choices)
    amount = models.DecimalField(max_digits=18, decimal_places=2, null=True, blank=True)
    value = models.TextField(blank=True)
    info = models.TextField(blank=True)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["product", "position"], name="products_constraint_once"),
            models.CheckConstraint(
                condition=Q(amount__isnull=True) | Q(amount__gte=0), name="products_constraint_not_negative"
            ),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()
