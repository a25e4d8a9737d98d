"""Saying that somebody is seen only because one stands in for a colleague."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from crm.models import Customer
from crm.selectors.standing_in import stands_in
from finpulse.identity.standing_in import StandIn
from finpulse.kernel.banners import banners


def stand_in_banner(request: HttpRequest, row: Any) -> str:
    """Say for whom one stands in towards the customer that a page is about, or on whom its row hangs."""
    access = getattr(request.user, "access", None)
    if access is None or not access.covers:
        return ""
    customer = row if isinstance(row, Customer) else getattr(row, "customer", None)
    if not isinstance(customer, Customer):
        return ""
    cover = stands_in(request.user, customer)
    return f"{in_words(cover, customer.manager)}." if cover else ""


def in_words(cover: StandIn, covered: Any) -> str:
    """Say for whom, until when and how far, without a full stop."""
    until = timezone.localtime(cover.ends_at)
    return f"You stand in for {covered} until {until:%-d %b, %H:%M}{'; read-only' if cover.read_only else ''}"


def register() -> None:
    """Say it above pages."""
    banners.register("crm.standing_in", stand_in_banner)
