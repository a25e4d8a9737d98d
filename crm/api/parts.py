"""What stands behind a holding: its parties, positions and balances, each at an address below the holding's own."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from crm.api.amounts import AmountField, NumberField, share_field
from crm.models import Balance, HoldingParty, Position
from crm.selectors.parts import parties_of
from finpulse.kernel.api.pagination import KeysetPagination
from finpulse.kernel.api.parameters import PAGING
from finpulse.kernel.money import in_minor_units


class PartySerializer(serializers.ModelSerializer):
    """A party of today. Of one out of the reader's scope only role and share are told, all else is null."""

    TOLD = ("holding", "role", "share")

    name = serializers.CharField(source="customer.name", allow_null=True, read_only=True)
    share = share_field()
    amount = AmountField(currency_from="holding.currency", allow_null=True)

    class Meta:
        model = HoldingParty
        fields = ("holding", "role", "share", "customer", "name", "amount", "since_on", "until_on")
        read_only_fields = fields
        extra_kwargs = {"customer": {"allow_null": True}}

    def to_representation(self, party: Any) -> dict[str, Any]:
        """Leave out who he is where he is not in scope."""
        shown = super().to_representation(party)
        return shown if party.in_scope else dict.fromkeys(shown) | {name: shown[name] for name in self.TOLD}


class PositionSerializer(serializers.ModelSerializer):
    """So much of one security. `worth` is quantity times price, in `price_currency`; null is not known."""

    quantity = NumberField(digits=24, places=8)
    price = NumberField(digits=20, places=6, allow_null=True)
    worth = serializers.SerializerMethodField()

    class Meta:
        model = Position
        fields = ("holding", "isin", "name", "quantity", "price", "price_currency", "price_on", "worth")
        read_only_fields = fields

    def get_worth(self, position: Position) -> str | None:
        """What that is on the day of the price."""
        if position.price is None:
            return None
        return f"{in_minor_units(position.quantity * position.price, position.price_currency):f}"


class BalanceSerializer(serializers.ModelSerializer):
    """A balance at the end of a day, signed from the customer's view, in the holding's currency."""

    currency = serializers.CharField(source="holding.currency", read_only=True)
    balance = AmountField(currency_from="holding.currency")

    class Meta:
        model = Balance
        fields = ("holding", "as_of", "balance", "currency")
        read_only_fields = fields


class SpanSerializer(serializers.Serializer):
    """Days from `since` to `until`, both included; either may be left out."""

    since = serializers.DateField(required=False)
    until = serializers.DateField(required=False)


class ByKey(KeysetPagination):
    """In the order they were told."""

    ordering = ("pk",)


class ByIsin(KeysetPagination):
    """By ISIN, of which a holding has each once."""

    ordering = ("isin", "pk")


class NewestDayFirst(KeysetPagination):
    """The newest day first; a holding has one balance to a day."""

    ordering = ("-as_of",)


# A part is no row of the list above it: neither that list's filters nor its orders are its own.
_APART: dict[str, Any] = {"filter_backends": (), "filterset_class": None, "ordering_fields": ()}


class HoldingParts:
    """Below a holding in scope."""

    @extend_schema(responses=PartySerializer(many=True))
    @action(detail=True, pagination_class=ByKey, query_parameters=PAGING, **_APART)
    def parties(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Who has part in this holding today; of those out of your scope their role and share."""
        return self._page(parties_of(self._holding(), request.user), PartySerializer)

    @extend_schema(responses=PositionSerializer(many=True))
    @action(detail=True, pagination_class=ByIsin, query_parameters=PAGING, **_APART)
    def positions(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """What an investment holds."""
        return self._page(Position.objects.filter(holding=self._holding()), PositionSerializer)

    @extend_schema(responses=BalanceSerializer(many=True), parameters=[SpanSerializer])
    @action(
        detail=True, pagination_class=NewestDayFirst, query_parameters=(*PAGING, *SpanSerializer().fields), **_APART
    )
    def balances(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """What the balance was, day by day, the newest first."""
        span = SpanSerializer(data=request.query_params)
        span.is_valid(raise_exception=True)
        rows = Balance.objects.filter(holding=self._holding()).select_related("holding")
        return self._page(_within(rows, **span.validated_data), BalanceSerializer)

    def _holding(self) -> Any:
        view: Any = self
        return view.get_object()

    def _page(self, rows: QuerySet[Any], serializer: type[serializers.ModelSerializer]) -> Response:
        view: Any = self
        page = view.paginator.paginate_queryset(rows, view.request, view=view)
        answer: Response = view.paginator.get_paginated_response(serializer(page, many=True).data)
        return answer


def _within(rows: QuerySet[Any], since: date | None = None, until: date | None = None) -> QuerySet[Any]:
    rows = rows.filter(as_of__gte=since) if since else rows
    return rows.filter(as_of__lte=until) if until else rows
