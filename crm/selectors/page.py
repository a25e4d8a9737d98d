"""A customer in scope for a page about him, with all that the page tells beside his holdings, in one query."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet, Subquery

from crm.models import Customer, FeedLoad
from crm.selectors.differences import differences_read
from crm.selectors.months import months_read
from crm.selectors.rates import rates_read
from crm.selectors.relations import relations_read
from crm.selectors.timeline import planned_read, said_read
from finpulse.kernel.access.backend import remember_scope


def customer_for_form(customer_id: int, user: Any) -> Customer | None:
    """Give a customer in scope with manager and unit, or None."""
    return _first(_seen(customer_id, user), user)


def customer_for_page(customer_id: int, user: Any, today: date) -> Customer | None:
    """Give a customer in scope with all that `interactions_of`, `open_tasks_of`, `months_of`, `rates_of`,
    `relations_of` and `differences_of` tell, as far as the user's role may see it, or None.
    `business_date` is the feed's last.
    """
    told: dict[str, Any] = {"said": said_read(), "planned": planned_read(), "business_date": _business_date()}
    if user.has_perm("crm.view_holding"):
        told |= {"months": months_read(today), "rates_today": rates_read(today)}
    if user.has_perm("crm.view_relationship"):
        told["relations"] = relations_read(user)
    if user.has_perm("crm.view_feeddifference"):
        told["differing"] = differences_read()
    return _first(_seen(customer_id, user).annotate(**told), user)


def _seen(customer_id: int, user: Any) -> QuerySet[Customer]:
    editable = Customer.objects.editable_by(user).filter(pk=OuterRef("pk"))
    rows = Customer.objects.visible_to(user).filter(pk=customer_id).select_related("manager", "unit")
    seen: QuerySet[Customer] = rows.annotate(editable=Exists(editable))
    return seen


def _first(rows: QuerySet[Customer], user: Any) -> Customer | None:
    read: Any = rows.first()
    if read is None:
        return None
    remember_scope(user, read, editable=read.editable)
    customer: Customer = read
    return customer


def _business_date() -> Subquery:
    loads = FeedLoad.objects.filter(source=OuterRef("source"), finished_at__isnull=False, business_date__isnull=False)
    return Subquery(loads.order_by("-business_date").values("business_date")[:1])
