"""Shapes of the catalogue. Rates are fractions per year and amounts are decimals, both as strings."""

from __future__ import annotations

from rest_framework import serializers

from products.models import Constraint, Criterion, Fee, Product, Rate, RateTier


class ProductSerializer(serializers.ModelSerializer):
    """A product in a list. `best_rate` is today's best standing rate for the customer, null where none is published."""

    best_rate = serializers.DecimalField(max_digits=9, decimal_places=6, read_only=True, allow_null=True)

    class Meta:
        model = Product
        fields: tuple[str, ...] = (
            "id", "code", "name", "brand", "bank", "category", "currency", "best_rate", "is_tailored",
            "effective_from_at", "effective_until_at", "last_updated_at", "application_uri",
        )  # fmt: skip
        read_only_fields = fields


class CriterionSerializer(serializers.ModelSerializer):
    """Who may apply. `understood` false: nothing but the bank's own words is known."""

    class Meta:
        model = Criterion
        fields = (
            "kind",
            "value",
            "info",
            "info_uri",
            "understood",
            "threshold",
            "country",
            "more_to_check",
            "admits_sole_traders",
        )
        read_only_fields = fields


class FeeSerializer(serializers.ModelSerializer):
    """A fee."""

    class Meta:
        model = Fee
        fields = ("name", "kind", "amount", "currency", "share", "share_of", "value", "info")
        read_only_fields = fields


class ConstraintSerializer(serializers.ModelSerializer):
    """An amount allowed, in the product's currency."""

    class Meta:
        model = Constraint
        fields = ("kind", "amount", "value", "info")
        read_only_fields = fields


class ProductDetailSerializer(ProductSerializer):
    """A product whole; its rates are under /rates/?product=."""

    criteria = CriterionSerializer(many=True, read_only=True)
    fees = FeeSerializer(many=True, read_only=True)
    constraints = ConstraintSerializer(many=True, read_only=True)

    class Meta(ProductSerializer.Meta):
        fields = (*ProductSerializer.Meta.fields, "description", "criteria", "fees", "constraints")
        read_only_fields = fields


class RateTierSerializer(serializers.ModelSerializer):
    """What a rate holds for; an open end is null."""

    class Meta:
        model = RateTier
        fields = ("name", "unit", "minimum", "maximum", "method", "conditions")
        read_only_fields = fields


class RateSerializer(serializers.ModelSerializer):
    """A rate from `valid_from` until before `valid_until`."""

    tiers = RateTierSerializer(many=True, read_only=True)

    class Meta:
        model = Rate
        fields = (
            "id", "product", "side", "type", "rate", "comparison_rate", "term", "term_months", "loan_purpose",
            "repayment_type", "conditions", "valid_from", "valid_until", "tiers",
        )  # fmt: skip
        read_only_fields = fields
