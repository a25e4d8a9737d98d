"""Users with their access, units below a unit."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Self

from django.conf import settings
from django.contrib.auth.models import Group, UserManager
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import BooleanField, Exists, ExpressionWrapper, F, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Concat, JSONObject, Now

from finpulse.kernel.access.grants import in_force
from finpulse.kernel.registries import charge_models, grant_models


class UserQuerySet(QuerySet[Any]):
    """Users."""

    def at_work_as(self, *roles: str) -> Self:
        """Active users with one of these roles and their access; nobody counts on the break-glass account."""
        holders = Group.objects.filter(user=OuterRef("pk"), name__in=roles)
        people = self.filter(Exists(holders), is_active=True).exclude(username=settings.BREAK_GLASS_USERNAME)
        return people.with_access().order_by("pk")

    def with_access(self) -> Self:
        """Annotate what `User.access` is built from, so that user and access cost one query."""
        from finpulse.identity.models import Cover, Unit

        user = OuterRef("pk")
        covers = Cover.objects.in_force().filter(coverer=user).annotate(told=_told())
        below = Unit.objects.filter(path__startswith=OuterRef("unit__path"))
        return self.annotate(
            access_roles=ArraySubquery(Group.objects.filter(user=user).values("name")),
            access_held=ArraySubquery(_held(user, F("group__name"), Value(" "))),
            access_units=ArraySubquery(below.values("pk")),
            access_covers=ArraySubquery(covers.values("told")),
            access_grants=_any_grant(user),
            access_charge=_any_charge(user),
        )


class CustomUserManager(UserManager.from_queryset(UserQuerySet)):  # type: ignore[misc]  # a class made at run time
    """Makes users as Django does, and reads them with their access."""


class CoverQuerySet(QuerySet[Any]):
    """Covers."""

    def in_force(self) -> Self:
        """Covers that run now, by the database's clock: half-open, in UTC."""
        now = Now()
        return self.filter(starts_at__lte=now, ends_at__gt=now)


def _held(user: OuterRef, *before: Any) -> QuerySet[Any]:
    """Give what the user's roles let him do, as "app.verb_model" behind what comes `before`."""
    name = Concat(*before, F("permission__content_type__app_label"), Value("."), F("permission__codename"))
    held: Any = Group.permissions.through.objects.filter(group__user=user)
    rows: QuerySet[Any] = held.annotate(held=name).values("held")
    return rows


def _told() -> JSONObject:
    # In one value, so that who covers nobody pays for one look in one index.
    return JSONObject(
        cover_id="pk",
        covered_id="covered",
        ends_at="ends_at",
        read_only="read_only",
        everybody=ExpressionWrapper(Q(scope="ALL"), BooleanField()),
        names="names_customers",
        held=ArraySubquery(_held(OuterRef("covered"))),
    )


def _any_grant(user: OuterRef) -> Any:
    return _any_of(
        Exists(
            model._default_manager.filter(
                in_force(), **({"user": user} if hasattr(model, "user") else {"group__user": user})
            )
        )
        for model in grant_models
    )


def _any_charge(user: OuterRef) -> Any:
    return _any_of(Exists(model._base_manager.filter(manager=user)) for model in charge_models)


def _any_of(each: Iterable[Exists]) -> Any:
    found: Any = Value(False)
    for one in each:
        found = one if isinstance(found, Value) else Q(found) | Q(one)
    return found
