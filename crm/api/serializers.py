"""Shapes of the customer module in the API. Amounts are decimal strings beside their currency; days are ISO 8601."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from crm.api.amounts import AmountField
from crm.masking import holding_number, masked_identifier
from crm.models import Customer, Holding, Interaction, Task
from crm.models.customer import EDITABLE


class CustomerSerializer(serializers.ModelSerializer):
    """A customer in a list."""

    name = serializers.CharField(read_only=True)

    class Meta:
        model = Customer
        fields: tuple[str, ...] = (
            "id", "customer_no", "kind", "name", "segment", "status", "kyc_status", "restricted", "manager", "unit",
            "city", "country", "phone", "email",
        )  # fmt: skip
        read_only_fields: tuple[str, ...] = fields


class CustomerDetailSerializer(CustomerSerializer):
    """A customer whole, identifiers masked."""

    national_id = serializers.SerializerMethodField()
    tax_id = serializers.SerializerMethodField()

    class Meta(CustomerSerializer.Meta):
        fields: tuple[str, ...] = (
            *CustomerSerializer.Meta.fields,
            "given_name", "family_name", "organisation_name", "birth_on",
            "national_id",
            "tax_id", "registration_no", "address", "region", "postal_code", "nationality", "language", "occupation",
            "annual_income", "annual_turnover", "currency", "kyc_level", "kyc_review_on", "aml_risk", "pep",
            "investment_risk_profile", "credit_rating", "booking_branch", "joined_on", "closed_on",
        )  # fmt: skip
        read_only_fields = fields

    def get_national_id(self, customer: Customer) -> str:
        """The last four characters."""
        return masked_identifier(customer, "national_id")

    def get_tax_id(self, customer: Customer) -> str:
        """The last four characters."""
        return masked_identifier(customer, "tax_id")


class CustomerEditSerializer(serializers.ModelSerializer):
    """What FinPulse owns of a customer; any other field is refused by name."""

    class Meta:
        model = Customer
        fields = EDITABLE

    def to_internal_value(self, data: Any) -> Any:
        """Refuse what is not ours rather than passing it over."""
        if isinstance(data, dict) and (foreign := sorted(set(data) - set(EDITABLE))):
            raise serializers.ValidationError({name: ["The core-banking system owns this field."] for name in foreign})
        return super().to_internal_value(data)


class HoldingSerializer(serializers.ModelSerializer):
    """A holding; the number is masked where it is an IBAN or a card."""

    number = serializers.SerializerMethodField()
    balance = AmountField(allow_null=True)
    available = AmountField(allow_null=True)
    credit_limit = AmountField(allow_null=True)
    original_amount = AmountField(allow_null=True)
    instalment = AmountField(allow_null=True)
    overdue_amount = AmountField(allow_null=True)

    class Meta:
        model = Holding
        fields = (
            "id", "number", "customer", "kind", "product_code", "name", "currency", "balance", "available",
            "balance_as_of", "credit_limit", "original_amount", "rate", "rate_type", "instalment", "next_due_on",
            "days_past_due", "overdue_amount", "opened_on", "matures_on", "closed_on", "status",
        )  # fmt: skip
        read_only_fields = fields

    def get_number(self, holding: Holding) -> str:
        """The number as people tell it."""
        return holding_number(holding)

    def to_representation(self, holding: Holding) -> dict[str, Any]:
        """Leave out the primary owner where he is not in the reader's scope."""
        shown = super().to_representation(holding)
        if not getattr(holding, "owner_in_scope", False):
            shown["customer"] = None
        return shown


class InteractionSerializer(serializers.ModelSerializer):
    """What was said."""

    class Meta:
        model = Interaction
        fields = ("id", "customer", "channel", "direction", "occurred_at", "summary", "author", "created_at")
        read_only_fields = fields


class NextStepSerializer(serializers.Serializer):
    """What is to be done next."""

    title = serializers.CharField(max_length=200)
    due_on = serializers.DateField()


class InteractionLogSerializer(serializers.Serializer):
    """A log to write: `next_step` makes the actor's task in the same transaction."""

    customer = serializers.IntegerField()
    channel = serializers.ChoiceField(choices=Interaction.Channel.choices)
    direction = serializers.ChoiceField(choices=Interaction.Direction.choices)
    occurred_at = serializers.DateTimeField()
    summary = serializers.CharField(max_length=4000)
    next_step = NextStepSerializer(required=False, allow_null=True)


class TaskSerializer(serializers.ModelSerializer):
    """A follow-up."""

    class Meta:
        model = Task
        fields = (
            "id",
            "customer",
            "title",
            "due_on",
            "assignee",
            "state",
            "interaction",
            "created_at",
            "done_at",
            "done_by",
        )
        read_only_fields = fields


class TaskAddSerializer(serializers.Serializer):
    """A follow-up to plan for oneself."""

    customer = serializers.IntegerField()
    title = serializers.CharField(max_length=200)
    due_on = serializers.DateField()
