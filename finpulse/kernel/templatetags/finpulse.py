"""How figures and days look on a page."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django import template
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.html import format_html

from finpulse.kernel.money import amount_text

register = template.Library()

NEAR_DAYS = 30


@register.filter
def money(value: Decimal | None, currency: str) -> str:
    """Give "CZK 1,234.50" with the currency's own minor units; a debt is marked, an unknown amount says so."""
    if value is None:
        return format_html('<span class="unknown">{}</span>', "not known")
    return format_html('<span class="amount{}">{}</span>', " neg" if value < 0 else "", amount_text(value, currency))


@register.filter
def figure(value: Decimal | None, currency: str) -> str:
    """Give the same without the currency, for a table that names it once; "–" for nothing."""
    if value is None:
        return format_html('<span class="faint">{}</span>', "–")
    words = amount_text(value, currency).removeprefix(f"{currency} ")
    return format_html('<span class="amount{}">{}</span>', " neg" if value < 0 else "", words)


@register.filter
def percent(value: Decimal | None) -> str:
    """Give a fraction per year as "4.10 %"."""
    return "–" if value is None else f"{(value * 100).quantize(Decimal('0.01')):f} %"


@register.filter
def due(day: date | None) -> str:
    """Give a day as people say it when near ("in 3 days"), with the date on hover; as a date otherwise."""
    if day is None:
        return "–"
    left = (day - timezone.localdate()).days
    return format_html('<time datetime="{}" title="{}">{}</time>', day.isoformat(), _long(day), _near(day, left))


def _long(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def _near(day: date, left: int) -> str:
    close = {-1: "yesterday", 0: "today", 1: "tomorrow"}
    if left in close:
        return close[left]
    if 1 < left <= NEAR_DAYS:
        return f"in {left} days"
    if -NEAR_DAYS <= left < -1:
        return f"{-left} days ago"
    return _long(day)


@register.simple_tag(takes_context=True)
def panel(context: dict[str, Any], entry: dict[str, Any]) -> str:
    """Render one panel or card with its own context and the request."""
    shown = context.flatten() | entry["context"]  # type: ignore[attr-defined]
    return render_to_string(entry["template"], shown, request=context["request"])
