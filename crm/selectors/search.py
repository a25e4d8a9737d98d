"""Finding customers by what people remember of them."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from crm.models import Customer, Holding
from crm.names import digits, plain
from finpulse.kernel.encryption import blind_index

SHORTEST_PART = 3
SHORTEST_IDENTIFIER = 6
MOST_BY_KEY = 50


def customers_matching(rows: QuerySet[Customer], text: str) -> QuerySet[Customer]:
    """Narrow rows to those matching every word: parts of name, number, phone or e-mail; two letters begin the name.

    A whole holding number or a whole national or tax id finds its customer too. Accents, case and order do not matter.
    """
    words = plain(text).split()
    if not words:
        return rows
    wanted = Q()
    for word in words:
        wanted &= _part(word)
    phone = digits(text)
    if len(phone) >= SHORTEST_IDENTIFIER and phone == "".join(text.split()).lstrip("+"):
        wanted |= Q(search_text__contains=phone)
    if keys := _by_key(text.strip()):
        wanted |= Q(pk__in=keys)
    return rows.filter(wanted)


def _part(word: str) -> Q:
    if len(word) < SHORTEST_PART:
        return Q(sort_name__startswith=word)
    return Q(search_text__contains=word)


def _by_key(text: str) -> list[int]:
    # Resolved first: a related column inside the OR would cost the trigram index.
    keys = list(Holding.objects.filter(holding_no=text).values_list("parties__customer", flat=True)[:MOST_BY_KEY])
    if len(text) >= SHORTEST_IDENTIFIER:
        identifiers = Q(national_id_index=blind_index(text, column="crm_customer.national_id"))
        identifiers |= Q(tax_id_index=blind_index(text, column="crm_customer.tax_id"))
        keys += Customer.objects.filter(identifiers).values_list("pk", flat=True)[:MOST_BY_KEY]
    return [key for key in keys if key is not None]
