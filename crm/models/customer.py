"""A customer of the bank: a person or an organisation."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from crm.querysets import CustomerQuerySet
from finpulse.kernel.encryption import EncryptedTextField

# What FinPulse owns of a customer once it is edited here; the rest is the core-banking system's.
EDITABLE = ("email", "phone", "language", "address", "city", "region", "postal_code", "occupation")
# Held by the indexes that lists walk, so that scope and filters are asked without reading the rows passed over.
_FILTERED = ["restricted", "kind", "segment", "status", "kyc_status"]


class Customer(models.Model):
    """What the core-banking feed tells of a customer, and what FinPulse adds: manager, contact data edited here.

    `sort_name` orders lists, by code point on every database, and `search_text` is what a search reads; both are
    written by `crm.names`. Money is in `currency`. `uid` binds the encrypted identifiers to their row.
    """

    class Kind(models.TextChoices):
        PERSON = "PERSON", "person"
        ORGANISATION = "ORGANISATION", "organisation"

    class Segment(models.TextChoices):
        MASS = "MASS", "Mass"
        AFFLUENT = "AFFLUENT", "Affluent"
        PRIVATE = "PRIVATE", "Private"
        SME = "SME", "Small business"
        CORPORATE = "CORPORATE", "Corporate"

    class Status(models.TextChoices):
        PROSPECT = "PROSPECT", "Prospect"
        ACTIVE = "ACTIVE", "Active"
        DORMANT = "DORMANT", "Dormant"
        CLOSED = "CLOSED", "Closed"
        DECEASED = "DECEASED", "Deceased"

    class KycStatus(models.TextChoices):
        PENDING = "PENDING", "Due diligence pending"
        CLEAR = "CLEAR", "Due diligence clear"
        EXPIRED = "EXPIRED", "Due diligence expired"
        REFUSED = "REFUSED", "Due diligence refused"

    class KycLevel(models.TextChoices):
        SIMPLIFIED = "SIMPLIFIED", "Simplified"
        STANDARD = "STANDARD", "Standard"
        ENHANCED = "ENHANCED", "Enhanced"

    class AmlRisk(models.TextChoices):
        LOW = "LOW", "Low"
        MEDIUM = "MEDIUM", "Medium"
        HIGH = "HIGH", "High"

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    customer_no = models.CharField("number", max_length=40, unique=True)
    source = models.CharField(max_length=40, default="core", editable=False)
    kind = models.CharField(max_length=12, choices=Kind.choices)
    given_name = models.CharField(max_length=120, blank=True)
    family_name = models.CharField(max_length=120, blank=True)
    organisation_name = models.CharField(max_length=200, blank=True)
    sort_name = models.CharField(max_length=260, editable=False, db_collation="C")
    search_text = models.TextField(editable=False)
    birth_on = models.DateField("born", null=True, blank=True)
    gender = models.CharField(max_length=20, blank=True)
    national_id = EncryptedTextField(blank=True, editable=False)
    national_id_index = models.CharField(max_length=64, blank=True, editable=False)
    tax_id = EncryptedTextField(blank=True, editable=False)
    tax_id_index = models.CharField(max_length=64, blank=True, editable=False)
    registration_no = models.CharField("registration number", max_length=40, blank=True)
    email = models.EmailField("e-mail", blank=True)
    phone = models.CharField(max_length=20, blank=True, help_text="With the country's code, as +420602118204.")
    address = models.CharField(max_length=250, blank=True)
    city = models.CharField(max_length=120, blank=True)
    region = models.CharField(max_length=120, blank=True)
    postal_code = models.CharField(max_length=20, blank=True)
    country = models.CharField(max_length=2, blank=True)
    nationality = models.CharField(max_length=2, blank=True)
    language = models.CharField(max_length=35, blank=True)
    occupation = models.CharField(max_length=120, blank=True)
    annual_income = models.DecimalField(max_digits=18, decimal_places=2, null=True, blank=True)
    annual_turnover = models.DecimalField(max_digits=18, decimal_places=2, null=True, blank=True)
    currency = models.CharField(max_length=3, blank=True)
    segment = models.CharField(max_length=10, choices=Segment.choices, blank=True)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.ACTIVE)
    kyc_status = models.CharField("due diligence", max_length=10, choices=KycStatus.choices, default=KycStatus.PENDING)
    kyc_level = models.CharField(max_length=10, choices=KycLevel.choices, blank=True)
    kyc_review_on = models.DateField(null=True, blank=True)
    aml_risk = models.CharField("AML risk", max_length=6, choices=AmlRisk.choices, blank=True)
    pep = models.BooleanField("politically exposed", null=True, blank=True)
    restricted = models.BooleanField(default=False)
    investment_risk_profile = models.PositiveSmallIntegerField(null=True, blank=True)
    credit_rating = models.CharField(max_length=20, blank=True)
    manager = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="customers",
        db_index=False,
    )
    unit = models.ForeignKey(
        "identity.Unit", null=True, blank=True, on_delete=models.PROTECT, related_name="customers", db_index=False
    )
    booking_branch = models.CharField(max_length=40, blank=True)
    joined_on = models.DateField(null=True, blank=True)
    closed_on = models.DateField(null=True, blank=True)
    edited_here = ArrayField(
        models.CharField(max_length=40),
        default=list,
        blank=True,
        editable=False,
        help_text="Columns a feed leaves alone.",
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    updated_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = CustomerQuerySet.as_manager()

    class Meta:
        permissions = [("reveal_customer", "Can have identifiers of customers shown whole")]
        constraints = [
            models.CheckConstraint(
                condition=Q(investment_risk_profile__isnull=True) | Q(investment_risk_profile__range=(1, 5)),
                name="crm_customer_risk_profile_1_to_5",
            ),
            models.CheckConstraint(
                condition=Q(closed_on__isnull=True) | Q(joined_on__isnull=True) | Q(closed_on__gte=F("joined_on")),
                name="crm_customer_closed_after_joined",
            ),
            models.CheckConstraint(condition=~Q(customer_no=""), name="crm_customer_has_number"),
        ]
        indexes = [
            models.Index(fields=["manager", "sort_name", "id"], include=_FILTERED, name="crm_customer_book"),
            models.Index(fields=["unit", "sort_name", "id"], include=["manager", *_FILTERED], name="crm_customer_unit"),
            models.Index(
                fields=["sort_name", "id"], include=["manager", "unit", *_FILTERED], name="crm_customer_names"
            ),
            models.Index(
                fields=["segment", "kind", "sort_name", "id"],
                include=["manager", "unit", "restricted", "status", "kyc_status"],
                name="crm_customer_segment",
            ),
            models.Index(
                fields=["status", "sort_name", "id"],
                include=["manager", "unit", "restricted", "kind", "segment", "kyc_status"],
                condition=~Q(status="ACTIVE"),
                name="crm_customer_inactive",
            ),
            models.Index(
                fields=["kyc_status", "sort_name", "id"],
                include=["manager", "unit", "restricted", "kind", "segment", "status"],
                condition=~Q(kyc_status="CLEAR"),
                name="crm_customer_unclear",
            ),
            models.Index(
                fields=["national_id_index"], condition=~Q(national_id_index=""), name="crm_customer_national_id"
            ),
            models.Index(fields=["tax_id_index"], condition=~Q(tax_id_index=""), name="crm_customer_tax_id"),
            GinIndex(OpClass(F("search_text"), "gin_trgm_ops"), name="crm_customer_search"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """The name as people say it; a customer without one (the bank removed it) goes by his number."""
        if self.kind == self.Kind.ORGANISATION:
            return self.organisation_name or self.customer_no
        return f"{self.given_name} {self.family_name}".strip() or self.customer_no
