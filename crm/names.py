"""The one spelling by which customers are ordered and found: case folded, accents stripped."""

from __future__ import annotations

import unicodedata

from crm.models import Customer

# Letters that decomposition leaves whole, though people type them without the stroke or ligature.
_PLAIN = {"ł": "l", "đ": "d", "ø": "o", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d", "ß": "ss"}


class _Letters(dict[int, str | int | None]):
    """What becomes of a letter, by its code: accents go."""

    def __missing__(self, code: int) -> int | None:
        kept = None if unicodedata.combining(chr(code)) else code
        self[code] = kept
        return kept


_LETTERS = _Letters({ord(letter): plain for letter, plain in _PLAIN.items()})


def plain(text: str) -> str:
    """Fold case, strip accents (Unicode marks) and join runs of blanks: "Nováková" becomes "novakova"."""
    if text.isascii():
        return " ".join(text.lower().split())
    return " ".join(unicodedata.normalize("NFKD", text.casefold()).translate(_LETTERS).split())


def digits(text: str) -> str:
    """Keep the digits: "+420 602 118 204" becomes "420602118204"."""
    return "".join(filter(str.isdigit, text))


def sort_name(customer: Customer) -> str:
    """Give what lists are ordered by: family name first, or the organisation's name; the number where there is none."""
    if customer.kind == Customer.Kind.ORGANISATION:
        return plain(customer.organisation_name or customer.customer_no)
    return plain(f"{customer.family_name} {customer.given_name}") or plain(customer.customer_no)


def search_text(customer: Customer) -> str:
    """Give what a search reads: name, number, digits of the phone, e-mail."""
    parts = [
        plain(f"{customer.family_name} {customer.given_name} {customer.organisation_name}"),
        plain(customer.customer_no),
        digits(customer.phone),
        customer.email.casefold(),
        customer.registration_no.casefold(),
    ]
    return " | ".join(part for part in parts if part)


def write_names(customer: Customer) -> None:
    """Put both on the instance, unsaved."""
    customer.sort_name, customer.search_text = sort_name(customer), search_text(customer)
