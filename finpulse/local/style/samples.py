"""What the components are shown with. Nobody of these is a customer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.utils import timezone

from finpulse.kernel.charts import BarChart, LineChart, Series, Sparkline

MONTHS = ("Dec", "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov")
WEEKS = ("23 Nov", "30 Nov", "7 Dec", "14 Dec", "21 Dec")


class SampleForm(forms.Form):
    """A field of each kind."""

    name = forms.CharField(help_text="As the bank writes it.")
    amount = forms.DecimalField(min_value=1)
    channel = forms.ChoiceField(choices=[("call", "Call"), ("visit", "Visit")], widget=forms.RadioSelect)
    agreed = forms.BooleanField(label="The customer agreed")


@dataclass(frozen=True)
class Tab:
    """A tab."""

    label: str
    url: str
    count: int | None = None
    current: bool = False


def all_of_them(asked: Mapping[str, Any]) -> dict[str, Any]:
    """Give every sample by its name."""
    return {"today": timezone.localdate(), **_texts(asked), **_charts()}


def _texts(asked: Mapping[str, Any]) -> dict[str, Any]:
    capped: Any = Paginator(range(10_000), 50)
    capped.reached = 10_001
    return {
        "late": timezone.localdate() - timedelta(days=2),
        "soon": timezone.localdate() + timedelta(days=3),
        "later": timezone.localdate() + timedelta(days=40),
        "tabs": [Tab("Holdings", "#lists", 5, current=True), Tab("Timeline", "#figures"), Tab("Tasks", "#forms", 0)],
        "form": SampleForm(data={"name": "", "amount": "-3"}),
        "page": capped.get_page(asked.get("page")),
        "amounts": [
            ("Current account", Decimal("184300.00"), "CZK"),
            ("Mortgage", Decimal("-1240000.00"), "CZK"),
            ("Balanced fund", Decimal("16720.55"), "EUR"),
            ("Gold card", None, "CZK"),
        ],
    }


def _charts() -> dict[str, Any]:
    rising = _amounts(402, 405, 404, 406, 405, 408, 407, None, 409, 411, 410, 413)
    return {
        "spark": Sparkline(MONTHS, rising),
        "spark_flat": Sparkline(MONTHS[:3], _amounts(7, 7, 7)),
        "spark_alone": Sparkline(MONTHS[:3], _amounts(None, 4, None)),
        "line": LineChart(
            MONTHS[:8],
            [
                Series("Net position", "net", _amounts(-80, -60, -40, None, 20, 60, 90, 204), [False] * 7 + [True]),
                Series("Has", "has", _amounts(900, 910, 930, None, 980, 1010, 1030, 1120)),
                Series("Owes", "owes", _amounts(-980, -970, -970, None, -960, -950, -940, -916)),
            ],
        ),
        "line_alone": LineChart(MONTHS[:1], [Series("Net position", "net", _amounts(12))]),
        "bars": BarChart(WEEKS, [Series("Maturing", "net", _amounts(1100, 2400, 0, None, 1500))]),
        "stacked": BarChart(
            WEEKS,
            [
                Series("Deposits", "net", _amounts(700, 1200, 300, None, 500)),
                Series("Investments", "good", _amounts(200, 600, None, 400, 700)),
                Series("Loans", "bad", _amounts(-300, -900, -100, -50, 0)),
            ],
        ),
    }


def _amounts(*thousands: int | None) -> list[Decimal | None]:
    return [None if value is None else Decimal(value) * 1000 for value in thousands]
