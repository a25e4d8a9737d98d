"""What a customer has and owes, and who else is party to it."""

from __future__ import annotations

from django.contrib.postgres.indexes import OpClass
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Reverse
from django.utils import timezone

from crm.models.amounts import amount_field
from crm.models.customer import Customer
from crm.querysets import HoldingPartyQuerySet, HoldingQuerySet


class Holding(models.Model):
    """An account, term deposit, loan, card or investment.

    Balances are signed from the customer's view: what he owes is negative. An empty balance is not known, never zero.
    `rate` is a fraction per year. `customer` is the primary owner; who sees the holding follows its parties.
    """

    class Kind(models.TextChoices):
        ACCOUNT = "ACCOUNT", "Account"
        TERM_DEPOSIT = "TERM_DEPOSIT", "Term deposit"
        LOAN = "LOAN", "Loan"
        CARD = "CARD", "Card"
        INVESTMENT = "INVESTMENT", "Investment"

    class Status(models.TextChoices):
        PENDING = "PENDING", "Pending"
        ACTIVE = "ACTIVE", "Active"
        DORMANT = "DORMANT", "Dormant"
        BLOCKED = "BLOCKED", "Blocked"
        MATURED = "MATURED", "Matured"
        CLOSED = "CLOSED", "Closed"
        WRITTEN_OFF = "WRITTEN_OFF", "Written off"

    class RateType(models.TextChoices):
        FIXED = "FIXED", "fixed"
        VARIABLE = "VARIABLE", "variable"

    holding_no = models.CharField("number", max_length=40, unique=True)
    source = models.CharField(max_length=40, default="core", editable=False)
    customer = models.ForeignKey(Customer, on_delete=models.PROTECT, related_name="owned_holdings")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    product_code = models.CharField(max_length=80, blank=True)
    name = models.CharField(max_length=160, blank=True)
    iban = models.CharField("IBAN", max_length=34, blank=True)
    currency = models.CharField(max_length=3)
    balance = amount_field()
    available = amount_field()
    balance_as_of = models.DateField(null=True, blank=True)
    credit_limit = amount_field()
    original_amount = amount_field()
    rate = models.DecimalField(max_digits=9, decimal_places=6, null=True, blank=True)
    rate_type = models.CharField(max_length=8, choices=RateType.choices, blank=True)
    instalment = amount_field()
    next_due_on = models.DateField(null=True, blank=True)
    days_past_due = models.PositiveIntegerField(null=True, blank=True)
    overdue_amount = amount_field()
    opened_on = models.DateField()
    matures_on = models.DateField(null=True, blank=True)
    closed_on = models.DateField(null=True, blank=True)
    status = models.CharField(max_length=11, choices=Status.choices, default=Status.ACTIVE)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    updated_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = HoldingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(holding_no=""), name="crm_holding_has_number"),
            models.CheckConstraint(
                condition=Q(rate__isnull=True) | Q(rate__range=(-1, 1)), name="crm_holding_rate_is_fraction"
            ),
            models.CheckConstraint(
                condition=Q(matures_on__isnull=True) | Q(matures_on__gte=F("opened_on")),
                name="crm_holding_matures_after_opened",
            ),
            models.CheckConstraint(
                condition=Q(closed_on__isnull=True) | Q(closed_on__gte=F("opened_on")),
                name="crm_holding_closed_after_opened",
            ),
            models.CheckConstraint(
                condition=Q(credit_limit__isnull=True) | Q(credit_limit__gte=0), name="crm_holding_limit_not_negative"
            ),
        ]
        indexes = [
            models.Index(
                fields=["matures_on", "id"],
                include=["status"],
                condition=Q(matures_on__isnull=False),
                name="crm_holding_matures",
            ),
            models.Index(fields=["kind", "status", "id"], condition=~Q(status="ACTIVE"), name="crm_holding_inactive"),
            models.Index(fields=["product_code"], name="crm_holding_product"),
            models.Index(fields=["currency"], name="crm_holding_currency"),
            # Numbers are remembered by their end.
            models.Index(OpClass(Reverse("holding_no"), "text_pattern_ops"), name="crm_holding_no_end"),
            models.Index(
                OpClass(Reverse("iban"), "text_pattern_ops"), condition=~Q(iban=""), name="crm_holding_iban_end"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name or self.get_kind_display()} {self.holding_no}"


class HoldingParty(models.Model):
    """A customer's part in a holding. Half-open: from `since_on` until before `until_on`, each open when empty."""

    class Role(models.TextChoices):
        OWNER = "OWNER", "owner"
        JOINT = "JOINT", "joint owner"
        AUTHORISED = "AUTHORISED", "authorised to operate"
        GUARANTOR = "GUARANTOR", "guarantor"

    # These see the whole of a holding and count it as theirs.
    OWNING = (Role.OWNER, Role.JOINT)

    holding = models.ForeignKey(Holding, on_delete=models.CASCADE, related_name="parties", db_index=False)
    customer = models.ForeignKey(Customer, on_delete=models.PROTECT, related_name="parties", db_index=False)
    role = models.CharField(max_length=10, choices=Role.choices)
    share = models.DecimalField(max_digits=7, decimal_places=6, null=True, blank=True)
    amount = amount_field()
    since_on = models.DateField(null=True, blank=True)
    until_on = models.DateField(null=True, blank=True)

    objects = HoldingPartyQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "holding parties"
        constraints = [
            models.UniqueConstraint(fields=["holding", "customer", "role"], name="crm_holdingparty_once"),
            models.CheckConstraint(
                condition=Q(share__isnull=True) | Q(share__range=(0, 1)), name="crm_holdingparty_share_is_fraction"
            ),
            models.CheckConstraint(
                condition=Q(until_on__isnull=True) | Q(since_on__isnull=True) | Q(until_on__gt=F("since_on")),
                name="crm_holdingparty_ends_after_start",
            ),
        ]
        indexes = [
            models.Index(
                fields=["customer"],
                include=["holding", "role", "since_on", "until_on"],
                name="crm_holdingparty_of_customer",
            )
        ]

    def __str__(self) -> str:
        return f"{self.role} of holding {self.holding_id}"
