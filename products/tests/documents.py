"""Small documents of the Consumer Data Standards."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any


def document(code: str = "saver-1", **overrides: Any) -> dict[str, Any]:
    """Give a savings account for adults, with a rate of 4 %."""
    return {
        "productId": code,
        "productCategory": "TRANS_AND_SAVINGS_ACCOUNTS",
        "name": "Saver",
        "brand": "TEST",
        "brandName": "Test Bank",
        "lastUpdated": "2026-11-01T10:00:00Z",
        "depositRates": [deposit_rate("0.04")],
        "eligibility": [{"eligibilityType": "MIN_AGE", "additionalValue": "18"}],
        **overrides,
    }


def deposit_rate(rate: Any, **overrides: Any) -> dict[str, Any]:
    """Give a variable deposit rate."""
    return {"depositRateType": "VARIABLE", "rate": rate, **overrides}


def tier(minimum: Any, maximum: Any = None, **overrides: Any) -> dict[str, Any]:
    """Give a tier of the balance."""
    ends = {} if maximum is None else {"maximumValue": maximum}
    return {"name": "Balance", "unitOfMeasure": "DOLLAR", "minimumValue": minimum, **ends, **overrides}


def write(folder: Path, name: str, content: Any) -> Path:
    """Write a file: bytes as they are, anything else as JSON."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else json.dumps(content).encode())
    return path
