"""The one spelling by which customers are ordered and found: case folded, accents stripped."""

from __future__ import annotations

import unicodedata

from crm.models import Customer

# Letters that decomposition leaves whole, though people type them without the stroke or ligature.
_PLAIN = str.maketrans({"ł": "l", "đ": "d", "ø": "o", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d", "ß": "ss"})


def plain(text: str) -> str:
    """Fold case, strip accents (Unicode marks) and join runs of blanks: "Nováková" becomes "novakova"."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    letters = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    return " ".join(letters.translate(_PLAIN).split())


def digits(text: str) -> str:
    """Keep the digits: "+420 602 118 204" becomes "420602118204"."""
    return "".join(letter for letter in text if letter.isdigit())


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
