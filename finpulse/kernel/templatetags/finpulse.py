"""How figures and days look on a page."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django import template
from django.template import RequestContext
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.html import format_html

from finpulse.kernel.banners import banners_of
from finpulse.kernel.money import MINUS, amount_text

register = template.Library()

NEAR_DAYS = 30
URGENT_DAYS = 7
SIGNIFICANT = 4


@register.filter
def money(value: Decimal | None, currency: str) -> str:
    """Give "CZK 1,234.50" with the currency's own minor units; a debt is marked, an unknown amount says so."""
    if value is None:
        return format_html('<span class="unknown">{}</span>', "not known")
    return format_html('<span class="amount{}">{}</span>', " neg" if value < 0 else "", amount_text(value, currency))


@register.filter
def percent(value: Decimal | None) -> str:
    """Give a fraction per year as "4.10 %"."""
    return "–" if value is None else f"{(value * 100).quantize(Decimal('0.01')):f} %"


@register.filter
def rounded(value: Decimal | None, currency: str) -> str:
    """Give "CZK 1,235", the exact amount on hover, where a glance is enough."""
    return _whole(value, currency, f"{currency} ")


@register.filter
def figure(value: Decimal | None, currency: str) -> str:
    """Give the same without the currency, for a table that says it once; a dash for none."""
    return "–" if value is None else _whole(value, currency, "")


@register.filter
def rate(value: Decimal) -> str:
    """Give an exchange rate or a price with the digits it has, two at least: "24.52", "0.1634"."""
    short = value.normalize()
    places = max(-int(short.as_tuple().exponent), 2)
    return f"{short.quantize(Decimal(1).scaleb(-places)):,f}"


@register.filter
def rate_at_a_glance(value: Decimal) -> str:
    """Give the same with four significant digits, and two after the point at least: "21.81", "0.1507"."""
    places = max(SIGNIFICANT - 1 - value.adjusted(), 2)
    return f"{value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP):,f}"


@register.filter
def plain(value: Decimal) -> str:
    """Give a number with grouping and the digits it has: "1,250.5"."""
    return f"{value.normalize():,f}"


@register.filter
def due(day: date | None) -> str:
    """Give a day as people say it when near ("in 3 days"), as a date otherwise, in full on hover."""
    if day is None:
        return "–"
    left = (day - timezone.localdate()).days
    return format_html('<time datetime="{}" title="{}">{}</time>', day.isoformat(), _long(day), _near(day, left))


@register.filter
def last_day(at: datetime | None) -> str:
    """Give until when something lasts: the last day for what ends with it, a moment for what ends within one."""
    if at is None:
        return "no end"
    local = timezone.localtime(at)
    ends_with_a_day = local.time() == time.min
    day = local.date() - timedelta(days=1) if ends_with_a_day else local.date()
    return f"{day.day} {day:%b %Y}" if ends_with_a_day else f"{day.day} {day:%b %Y}, {local:%H:%M}"


@register.filter
def urgency(day: date | None) -> str:
    """Give the tone of what waits for a day: "bad" once it is past, "warn" within a week of it, else none."""
    if day is None:
        return ""
    left = (day - timezone.localdate()).days
    return "bad" if left < 0 else "warn" if left <= URGENT_DAYS else ""


def _whole(value: Decimal | None, currency: str, before: str) -> str:
    if value is None:
        return money(None, currency)
    whole = value.quantize(Decimal(1), rounding=ROUND_HALF_UP)
    text = f"{before}{MINUS if whole < 0 else ''}{abs(whole):,f}"
    owed = " neg" if whole < 0 else ""
    return format_html('<span class="amount{}" title="{}">{}</span>', owed, amount_text(value, currency), text)


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
    return f"{day.day} {day:%b %Y}"


@register.simple_tag(takes_context=True)
def panel(context: RequestContext, entry: dict[str, Any]) -> str:
    """Render one panel or card with its own context and the request."""
    shown = context.flatten() | entry["context"]
    return render_to_string(entry["template"], shown, request=context["request"])


@register.inclusion_tag("kernel/banners.html", takes_context=True)
def page_banners(context: RequestContext) -> dict[str, Any]:
    """Show what is to be said above the page's row; nothing on a page about none."""
    request = context.get("request")
    shown: Any = context.flatten()
    return {"sentences": list(banners_of(request, shown)) if request is not None else []}
