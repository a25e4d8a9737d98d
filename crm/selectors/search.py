"""Finding customers by what people remember of them."""

from __future__ import annotations

from typing import Any

from django.db.models import F, Q, QuerySet
from django.db.models.functions import Reverse

from crm.models import Customer, Holding
from crm.names import digits, plain
from finpulse.kernel.access.keys import keys_of
from finpulse.kernel.encryption import blind_index

SHORTEST_BEGINNING = 2
SHORTEST_PART = 3
SHORTEST_IDENTIFIER = 6
SHORTEST_END = 4
MOST_BY_KEY = 50
LONGEST_TEXT = 100


def typed(text: str) -> str:
    """Give what somebody typed as it is searched for: no database takes a null character, nobody's name is so long."""
    return text.replace("\x00", "").strip()[:LONGEST_TEXT]


def is_enough(text: str) -> bool:
    """Tell whether a text narrows a whole bank by an index: two letters begin a name, three are a part of one."""
    return len(plain(text).replace(" ", "")) >= SHORTEST_BEGINNING


def customers_found(user: Any, text: str, *, most: int) -> list[Customer]:
    """Give the first customers in the user's scope that match, by name, with their manager and unit."""
    seen = Customer.objects.visible_to(user).order_by("sort_name", "id")
    keys = keys_of(customers_matching(seen, text), last=most)
    rows = seen.filter(pk__in=keys).select_related("manager", "unit")
    return list(rows.defer("national_id", "tax_id", "search_text"))


def customers_matching(rows: QuerySet[Customer], text: str) -> QuerySet[Customer]:
    """Narrow rows to those matching every word: parts of name, number, phone or e-mail; one or
    two letters begin the name, and beside a longer word any part of it.

    A whole holding number, the last digits of one or of an IBAN, and a whole national or tax id find their customers
    too. Accents, case and order do not matter.
    """
    words = plain(text).split()
    if not words:
        return rows
    wanted = Q()
    with_part = any(len(word) >= SHORTEST_PART for word in words)
    for word in words:
        wanted &= _part(word, beside=with_part)
    phone = digits(text)
    if len(phone) >= SHORTEST_IDENTIFIER and phone == "".join(text.split()).lstrip("+"):
        wanted |= Q(search_text__contains=phone)
    if digits(text) and (keys := _by_key(rows, text.strip())):
        wanted |= Q(pk__in=keys)
    return rows.filter(wanted)


def _part(word: str, *, beside: bool) -> Q:
    if len(word) < SHORTEST_PART and beside:
        # What is being typed: the longer word has narrowed the rows by the index already.
        return Q(search_text__startswith=word) | Q(search_text__contains=f" {word}")
    if len(word) < SHORTEST_PART:
        return Q(sort_name__startswith=word)
    return Q(search_text__contains=word)


def _by_key(rows: QuerySet[Customer], text: str) -> list[int]:
    # Resolved first, in one query: a related column inside the OR would cost the trigram index.
    found = [Holding.objects.filter(holding_no=text).values_list("parties__customer")]
    if text.isdecimal() and len(text) >= SHORTEST_END:
        found += [_ending_in(text, column, rows) for column in ("holding_no", "iban")]
    if len(text) >= SHORTEST_IDENTIFIER:
        identifiers = Q(national_id_index=blind_index(text, column="crm_customer.national_id"))
        identifiers |= Q(tax_id_index=blind_index(text, column="crm_customer.tax_id"))
        found.append(Customer.objects.filter(identifiers).values_list("pk"))
    each = [keys[:MOST_BY_KEY] for keys in found]
    keys: Any = each[0].union(*each[1:]) if len(each) > 1 else each[0]
    return [key for (key,) in keys if key is not None]


def _ending_in(text: str, column: str, rows: QuerySet[Customer]) -> QuerySet[Any]:
    """Give the customers among the rows who are party to a holding whose number ends so."""
    ending = Holding.objects.alias(backwards=Reverse(column)).filter(backwards__startswith=text[::-1])
    ending = ending.exclude(iban="") if column == "iban" else ending
    return ending.filter(parties__customer__in=rows.order_by().values("pk")).values_list(F("parties__customer"))
