"""Past loads of the feed, and where what was edited here differs from it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import django_filters
from django.db.models import QuerySet
from django.utils import timezone
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import mixins, serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from crm.models import Customer, FeedDifference, FeedLoad
from crm.selectors.feed_loads import feed_loads, load_report, percent_done, rows_of
from crm.services import difference_keep, difference_take
from finpulse.identity.actor import actor_of
from finpulse.kernel.api.filters import ScopedFilterSet
from finpulse.kernel.api.viewsets import ScopedViewSet
from finpulse.kernel.looking import tell_list


class FeedLoadSerializer(serializers.ModelSerializer):
    """A load: `rows` of all its files by what came of them, `percent` of its bytes read while it runs."""

    state = serializers.SerializerMethodField()
    rows = serializers.SerializerMethodField()
    percent = serializers.SerializerMethodField()

    class Meta:
        model = FeedLoad
        fields: tuple[str, ...] = (
            "id", "source", "sequence", "business_date", "kind", "fingerprint", "state", "stopped", "started_at",
            "alive_at", "finished_at", "percent", "rows",
        )  # fmt: skip
        read_only_fields: tuple[str, ...] = fields

    @extend_schema_field(serializers.ChoiceField(choices=FeedLoad.State.choices))
    def get_state(self, load: FeedLoad) -> str:
        """RUNNING, DONE, STOPPED, or CUT_OFF: silent for a minute without an end."""
        return load.state(timezone.now())

    @extend_schema_field(serializers.DictField(child=serializers.IntegerField()))
    def get_rows(self, load: Any) -> dict[str, int]:
        """How many rows are new, changed, unchanged, refused, removed."""
        return rows_of(load.files)

    def get_percent(self, load: FeedLoad) -> int | None:
        """How much of the folder is read."""
        return percent_done(load)


class ExampleSerializer(serializers.Serializer):
    """A row of ours that a report names: what it is, its id, its number as the report has it."""

    kind = serializers.CharField()
    id = serializers.IntegerField(source="pk")
    text = serializers.CharField()


class ToldSerializer(serializers.Serializer):
    """One list of a report: its count, those in your scope, and how many `more` are not shown."""

    name = serializers.CharField()
    count = serializers.IntegerField()
    closed = serializers.IntegerField(allow_null=True)
    shown = ExampleSerializer(many=True)
    more = serializers.IntegerField()


class RefusedSerializer(serializers.Serializer):
    """A refused row. Values of rows about customers are left out of the reason."""

    file = serializers.CharField()
    line = serializers.IntegerField()
    column = serializers.CharField()
    reason = serializers.CharField()


class LoadReportSerializer(serializers.Serializer):
    """What came of a load. Numbers stand in it only where the customer or holding is in your scope."""

    files = serializers.DictField(child=serializers.DictField(child=serializers.FloatField()))
    remarks = serializers.ListField(child=serializers.CharField())
    unknown_officers = serializers.DictField(child=serializers.IntegerField())
    kept_edits = ToldSerializer()
    other_managers = ToldSerializer()
    vanished = ToldSerializer(many=True)
    refused = RefusedSerializer(many=True, source="errors")


class FeedLoadDetailSerializer(FeedLoadSerializer):
    """A load with its report."""

    report = LoadReportSerializer()

    class Meta(FeedLoadSerializer.Meta):
        fields = (*FeedLoadSerializer.Meta.fields, "report")
        read_only_fields = fields


class FeedLoadViewSet(mixins.ListModelMixin, ScopedViewSet):
    """Past loads of the core-banking feed and the one that runs."""

    queryset = FeedLoad.objects.all()
    serializer_class = FeedLoadSerializer
    filterset_fields = ("source", "sequence", "kind")

    def get_queryset(self) -> QuerySet[FeedLoad]:
        """Leave the reports for their own address."""
        rows = super().get_queryset()
        return rows if self.action == "retrieve" else feed_loads(rows)

    @extend_schema(responses=FeedLoadDetailSerializer)
    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """A load with its report, once the customers that it names to you are written down."""
        load = self.get_object()
        report = load_report(load, request.user)
        if report.customers_named:
            about = {"feed_load": str(load.pk)}
            tell_list(Customer, actor=request.user, surface="api", count=report.customers_named, filters=about)
        load.report, load.files = report, report.files
        return Response(FeedLoadDetailSerializer(load).data)


class FeedDifferenceSerializer(serializers.ModelSerializer):
    """A column of a customer where `ours`, edited here, differs from `theirs`, the feed's. `settled` "" waits."""

    ours = serializers.CharField(read_only=True)

    class Meta:
        model = FeedDifference
        fields = ("id", "customer", "column", "ours", "theirs", "told_at", "settled", "settled_at")
        read_only_fields = fields


class SettledSerializer(serializers.Serializer):
    """The two values as they were shown: what changed since is not settled unseen."""

    ours = serializers.CharField(allow_blank=True)
    theirs = serializers.CharField(allow_blank=True)


class FeedDifferenceFilter(ScopedFilterSet):
    """Filters by field; `open` leaves out what is settled."""

    open = django_filters.BooleanFilter(method="waiting", label="Still to be settled")

    class Meta:
        model = FeedDifference
        fields = ("customer", "column", "settled")

    def waiting(self, rows: QuerySet[FeedDifference], name: str, value: bool) -> QuerySet[FeedDifference]:
        """Those to be settled, or the others."""
        return rows.filter(settled="") if value else rows.exclude(settled="")


class FeedDifferenceViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, ScopedViewSet):
    """Differences to the bank's feed of customers in your scope."""

    queryset = FeedDifference.objects.all()
    serializer_class = FeedDifferenceSerializer
    filterset_class = FeedDifferenceFilter
    action_permissions = dict.fromkeys(("keep", "take"), "crm.change_customer")

    def get_queryset(self) -> QuerySet[FeedDifference]:
        """Read the customers along."""
        rows: Any = super().get_queryset()
        differences: QuerySet[FeedDifference] = rows.with_customer()
        return differences

    @extend_schema(request=SettledSerializer, responses=FeedDifferenceSerializer)
    @action(detail=True, methods=["post"])
    def keep(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Stand by what was edited here; kept again changes nothing."""
        return self._settle(request, difference_keep)

    @extend_schema(request=SettledSerializer, responses=FeedDifferenceSerializer)
    @action(detail=True, methods=["post"])
    def take(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Take the bank's value; taken again changes nothing."""
        return self._settle(request, difference_take)

    def _settle(self, request: Request, verb: Callable[..., FeedDifference]) -> Response:
        difference = self.get_object()
        form = SettledSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        settled = verb(difference_id=difference.pk, actor=actor_of(request), **form.validated_data)
        return Response(FeedDifferenceSerializer(settled).data)
