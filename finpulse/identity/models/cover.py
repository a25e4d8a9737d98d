"""Who stands in for whom, from when to when."""

from __future__ import annotations

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeBoundary, RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value

from finpulse.identity.models.user import User
from finpulse.identity.querysets import CoverQuerySet


class Period(Func):
    """From a moment until before another."""

    function = "TSTZRANGE"
    output_field = DateTimeRangeField()


def _only(column: str) -> Func:
    return Func(column, column, Value("[]"), function="INT8RANGE")


class Cover(models.Model):
    """A colleague stands in from `starts_at` until before `ends_at`.

    ALL opens what the covered colleague has in his charge but restricted customers, SOME nothing; each opens the
    customers that are named in it, restricted ones too. Whether any are, the app that has customers keeps here.
    """

    class Scope(models.TextChoices):
        ALL = "ALL", "all his customers, restricted ones excepted"
        SOME = "SOME", "only customers that are named"

    covered = models.ForeignKey(User, on_delete=models.CASCADE, related_name="covers_received")
    coverer = models.ForeignKey(User, on_delete=models.CASCADE, related_name="covers_given")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    read_only = models.BooleanField(default=False)
    scope = models.CharField(max_length=4, choices=Scope.choices, default=Scope.ALL, db_default="ALL")
    names_customers = models.BooleanField(default=False, db_default=False, editable=False)
    given_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=200)

    objects = CoverQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(starts_at__lt=F("ends_at")), name="identity_cover_ends_after_start"),
            models.CheckConstraint(condition=~Q(covered=F("coverer")), name="identity_cover_not_oneself"),
            models.CheckConstraint(condition=~Q(given_by=F("coverer")), name="identity_cover_not_given_to_oneself"),
            models.CheckConstraint(condition=Q(scope__in=("ALL", "SOME")), name="identity_cover_scope_known"),
            # Keys as ranges of one, so that no extension is needed to tell them apart.
            ExclusionConstraint(
                name="identity_cover_one_at_a_time",
                expressions=[
                    (_only("covered_id"), RangeOperators.EQUAL),
                    (_only("coverer_id"), RangeOperators.EQUAL),
                    (Period("starts_at", "ends_at", RangeBoundary()), RangeOperators.OVERLAPS),
                ],
            ),
        ]
        indexes = [models.Index(fields=["coverer", "ends_at"], name="identity_cover_running")]

    def __str__(self) -> str:
        return f"{self.coverer_id} for {self.covered_id}"
