"""What a customer has and owes, today and at the month ends before, at addresses below his own."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from crm.api.figures import OF_ONE, ConvertedSerializer, FiguresOfOneSerializer, converted_told, figures_told
from crm.models import Customer
from crm.selectors.months import months_of, months_read
from crm.selectors.rates import rates_of, rates_read
from crm.selectors.together import Together


class CustomerFiguresSerializer(serializers.Serializer):
    """Figures as of a day, of balances between two days (null where no balance is known)."""

    customer = serializers.IntegerField()
    as_of = serializers.DateField()
    balances_since = serializers.DateField(allow_null=True)
    balances_until = serializers.DateField(allow_null=True)
    base = serializers.CharField()
    figures = FiguresOfOneSerializer()


class MonthSerializer(serializers.Serializer):
    """The end of a month at the rates of that day; debts are negative."""

    on = serializers.DateField()
    assets = ConvertedSerializer()
    debts = ConvertedSerializer()
    net = ConvertedSerializer()


class CustomerMonthsSerializer(serializers.Serializer):
    """The twelve month ends before today, oldest first, in the base currency."""

    customer = serializers.IntegerField()
    base = serializers.CharField()
    months = MonthSerializer(many=True)


class CustomerFigures:
    """Below a customer in scope."""

    # What an action reads along with the customer.
    READ_ALONG = {
        "figures": lambda rows: rows.annotate(rates_today=rates_read(timezone.localdate())),
        "months": lambda rows: rows.annotate(months=months_read(timezone.localdate())),
    }

    def read_along(self, rows: QuerySet[Customer], name: str) -> QuerySet[Customer]:
        """Read along what the action of this name shows."""
        return self.READ_ALONG[name](rows) if name in self.READ_ALONG else rows

    @extend_schema(responses=CustomerFiguresSerializer)
    @action(detail=True, filter_backends=())
    def figures(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """What the customer has and owes today; a joint holding counts whole."""
        today, customer = timezone.localdate(), self._customer()
        rates, figures = rates_of(customer.rates_today), Together([customer], today).of(customer)
        return Response(
            {
                "customer": customer.pk,
                "as_of": today,
                "balances_since": figures.oldest_on,
                "balances_until": figures.newest_on,
                "base": rates.base,
                "figures": figures_told(figures, rates, OF_ONE),
            }
        )

    @extend_schema(responses=CustomerMonthsSerializer)
    @action(detail=True, filter_backends=())
    def months(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """What the customer had and owed at the end of each of the last twelve months."""
        customer, base = self._customer(), settings.BASE_CURRENCY
        months = [
            {"on": month.on} | {name: converted_told(getattr(month, name), base) for name in ("assets", "debts", "net")}
            for month in months_of(customer.months, timezone.localdate())
        ]
        return Response({"customer": customer.pk, "base": base, "months": months})

    def _customer(self) -> Any:
        view: Any = self
        return view.get_object()
