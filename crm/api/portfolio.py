"""What a manager's book or a unit's customers have and owe together."""

from __future__ import annotations

from typing import Any

from django.http import Http404
from django.utils import timezone
from drf_spectacular.helpers import forced_singular_serializer
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.permissions import BasePermission, IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response

from crm.api.figures import OF_MANY, FiguresOfManySerializer, figures_told
from crm.selectors.gathered import Gathered
from crm.selectors.portfolio import Part, portfolio_of
from crm.selectors.rates import Rates
from crm.services import portfolio_viewed
from finpulse.identity.actor import actor_of
from finpulse.kernel.api.viewsets import PlainViewSet


class AskedSerializer(serializers.Serializer):
    """Whose: a unit's or a manager's by id, `manager` before `unit`; without either the caller's own."""

    unit = serializers.IntegerField(required=False, min_value=1)
    manager = serializers.IntegerField(required=False, min_value=1)


class GatheredSerializer(serializers.Serializer):
    """Figures of holdings counted once, of which `not_known` have no known balance."""

    holdings = serializers.IntegerField()
    not_known = serializers.IntegerField()
    balances_since = serializers.DateField(allow_null=True)
    balances_until = serializers.DateField(allow_null=True)
    figures = FiguresOfManySerializer()


class PartSerializer(serializers.Serializer):
    """A unit below, or those in one manager's charge (null: in nobody's); `total` null where it was not added up."""

    unit = serializers.IntegerField()
    manager = serializers.IntegerField(allow_null=True)
    name = serializers.CharField(allow_null=True)
    customers = serializers.IntegerField(allow_null=True)
    total = GatheredSerializer(allow_null=True)


class PortfolioSerializer(serializers.Serializer):
    """A unit's figures as of the day of its last roll-up (`total` null before the first), or a manager's as of today.

    A holding of two parts counts in each of them and once in the total.
    """

    unit = serializers.IntegerField(allow_null=True)
    manager = serializers.IntegerField(allow_null=True)
    name = serializers.CharField()
    customers = serializers.IntegerField(allow_null=True)
    as_of = serializers.DateField()
    base = serializers.CharField()
    total = GatheredSerializer(allow_null=True)
    units = PartSerializer(many=True)
    managers = PartSerializer(many=True)


class MayViewHoldings(BasePermission):
    """Asks the role."""

    def has_permission(self, request: Request, view: Any) -> bool:
        """Ask whether holdings are for this role."""
        return bool(request.user.has_perm("crm.view_holding"))


class PortfolioViewSet(PlainViewSet):
    """What the customers of a manager or of a unit have and owe together, as far as you see them."""

    permission_classes = (IsAuthenticated, MayViewHoldings)
    query_parameters = tuple(AskedSerializer().fields)

    @extend_schema(
        operation_id="portfolio",
        parameters=[AskedSerializer],
        responses=forced_singular_serializer(PortfolioSerializer),
    )
    def list(self, request: Request) -> Response:
        """Your own book or unit, or another that you see: 404 for any other."""
        asked = AskedSerializer(data=request.query_params)
        asked.is_valid(raise_exception=True)
        keys = {f"{name}_id": value for name, value in asked.validated_data.items()}
        portfolio = portfolio_of(request.user, timezone.localdate(), **keys)
        if portfolio is None:
            raise Http404("no such portfolio in scope")
        portfolio_viewed(portfolio=portfolio, actor=actor_of(request), surface="api")
        rates = portfolio.rates
        return Response(
            {
                "unit": portfolio.unit.pk if portfolio.unit else None,
                "manager": portfolio.manager.pk if portfolio.manager else None,
                "name": str(portfolio.unit or portfolio.manager),
                "customers": portfolio.customers,
                "as_of": portfolio.as_of,
                "base": rates.base,
                "total": _total(portfolio.gathered, rates),
                "units": [_part(part, rates) for part in portfolio.units],
                "managers": [_part(part, rates) for part in portfolio.managers],
            }
        )


def _part(part: Part, rates: Rates) -> dict[str, Any]:
    of_unit = part.customers is None
    return {
        "unit": part.unit.pk,
        "manager": part.manager.pk if part.manager else None,
        "name": str(part.unit) if of_unit else part.manager and str(part.manager),
        "customers": part.customers,
        "total": _total(part.gathered, rates),
    }


def _total(gathered: Gathered | None, rates: Rates) -> dict[str, Any] | None:
    if gathered is None:
        return None
    return {
        "holdings": gathered.holdings,
        "not_known": gathered.not_known,
        "balances_since": gathered.figures.oldest_on,
        "balances_until": gathered.figures.newest_on,
        "figures": figures_told(gathered.figures, rates, OF_MANY),
    }
