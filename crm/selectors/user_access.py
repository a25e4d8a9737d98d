"""What a colleague has of customers beside his roles, as far as the reader sees these customers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from crm.models import CoverCustomer, Customer, CustomerGroupObjectPermission, CustomerUserObjectPermission
from finpulse.identity.models import Cover, User
from finpulse.kernel.access.grants import in_force
from finpulse.kernel.access.keys import CAP, count_of

MOST = 50


@dataclass(frozen=True)
class UserAccess:
    """Covers that run or are to come; how many customers are in his charge, counted; who was opened to him or his role.

    Of a cover of some customers `named` says how many of these the reader sees.
    """

    covers: list[Cover]
    book: str
    grants: Sequence[CustomerUserObjectPermission]
    role_grants: Sequence[CustomerGroupObjectPermission]
    more: bool


def user_access(person: User, *, reader: User) -> UserAccess:
    """Give the same: of customers whom the reader does not see neither names nor numbers."""
    seen = Customer.objects.visible_to(reader)
    named = CoverCustomer.objects.filter(
        cover=OuterRef("pk"), customer__manager=OuterRef("covered"), customer__in=seen.values("pk")
    ).order_by()
    counted = named.values("cover").annotate(number=Count("pk")).values("number")
    covers = Cover.objects.filter(Q(covered=person) | Q(coverer=person), ends_at__gt=timezone.now())
    covers = covers.annotate(named=Coalesce(Subquery(counted), 0))
    granted = CustomerUserObjectPermission.objects.filter(in_force(), user=person, content_object__in=seen.values("pk"))
    to_change = granted.filter(permission__codename="change_customer", content_object=OuterRef("content_object"))
    to_view = granted.filter(permission__codename="view_customer").annotate(editable=Exists(to_change))
    grants = list(to_view.select_related("content_object", "granted_by").order_by("until_at", "pk")[: MOST + 1])
    to_roles = CustomerGroupObjectPermission.objects.filter(
        in_force(), group__user=person, permission__codename="view_customer", content_object__in=seen.values("pk")
    )
    role_grants = list(to_roles.select_related("content_object", "granted_by", "group").order_by("pk")[: MOST + 1])
    book = count_of(seen.filter(manager=person), CAP + 1)
    return UserAccess(
        covers=list(covers.select_related("covered", "coverer").order_by("starts_at", "pk")[:MOST]),
        book=f"{CAP:,}+" if book > CAP else f"{book:,}",
        grants=grants[:MOST],
        role_grants=role_grants[:MOST],
        more=max(len(grants), len(role_grants)) > MOST,
    )
