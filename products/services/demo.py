"""The demo bank's own products."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from products.services.catalogue import catalogue_import
from products.services.report import ImportReport

_CATALOGUE = Path(__file__).resolve().parents[1] / "demo" / "catalogue.json"


def demo_catalogue_import(*, today: date, actor: Any) -> ImportReport:
    """Load what the demo bank offers, in CZK, with rates from `today` on. Loaded twice, it changes nothing."""
    return catalogue_import(paths=[_CATALOGUE], currency="CZK", today=today, actor=actor)
