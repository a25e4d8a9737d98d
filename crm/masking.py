"""Identifiers as the screen may show them."""

from __future__ import annotations

from typing import Any

from crm.models import Customer, Holding

DOTS = "••••"
UNREADABLE = "not readable"
SHOWN = 4


def masked(value: str) -> str:
    """Give the last four characters behind dots; a value of eight or fewer shows two."""
    if not value:
        return ""
    shown = SHOWN if len(value) > 2 * SHOWN else SHOWN // 2
    return f"{DOTS} {value[-shown:]}"


def masked_iban(iban: str) -> str:
    """Give country and last four: "CZ•••• 0417"."""
    return f"{iban[:2]}{DOTS} {iban[-SHOWN:]}" if iban else ""


def holding_number(holding: Holding) -> str:
    """Give the number by which people tell a holding: a masked IBAN, a card's last four, else the bank's number."""
    if holding.iban:
        return masked_iban(holding.iban)
    return masked(holding.holding_no) if holding.kind == Holding.Kind.CARD else holding.holding_no


def masked_identifier(customer: Customer, name: str) -> str:
    """Open an encrypted identifier ("national_id", "tax_id") just far enough to show its end."""
    try:
        return masked(opened_identifier(customer, name))
    except UnreadableIdentifier:
        return UNREADABLE


class UnreadableIdentifier(Exception):
    """No key opens the identifier, or it was altered. Worded for the screen."""


def opened_identifier(customer: Customer, name: str) -> str:
    """Open an encrypted identifier whole. :raises UnreadableIdentifier: when that cannot be done."""
    field: Any = customer._meta.get_field(name)
    try:
        opened: str = field.reveal(customer)
    except (LookupError, ValueError) as error:
        raise UnreadableIdentifier(
            "This identifier cannot be read: its key is gone, or it was altered. Ask who runs FinPulse."
        ) from error
    return opened
