"""Amounts with their currency."""

from decimal import ROUND_HALF_UP, Decimal

# ISO 4217: currencies whose minor unit is not a hundredth.
MINOR_UNITS = {
    "BIF": 0, "CLP": 0, "DJF": 0, "GNF": 0, "ISK": 0, "JPY": 0, "KMF": 0, "KRW": 0, "PYG": 0, "RWF": 0, "UGX": 0,
    "UYI": 0, "VND": 0, "VUV": 0, "XAF": 0, "XOF": 0, "XPF": 0, "BHD": 3, "IQD": 3, "JOD": 3, "KWD": 3, "LYD": 3,
    "OMR": 3, "TND": 3, "CLF": 4, "UYW": 4,
}  # fmt: skip
USUAL_MINOR_UNITS = 2
MINUS = "\u2212"


def in_minor_units(value: Decimal, currency: str) -> Decimal:
    """Give the amount rounded to the currency's own minor units, a half away from zero."""
    places = MINOR_UNITS.get(currency, USUAL_MINOR_UNITS)
    return value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)


def amount_text(value: Decimal, currency: str) -> str:
    """Give "CZK 1,234.50", or "CZK −1,234.50" for a debt, in the currency's own minor units (ISO 4217)."""
    rounded = in_minor_units(value, currency)
    sign = MINUS if rounded < 0 else ""
    return f"{currency} {sign}{abs(rounded):,f}"
