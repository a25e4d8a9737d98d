"""The pages that are measured, each with several addresses, so that none is measured on one customer alone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import quote, urlencode

from django.db.models import Count

from crm.models import Customer, Holding
from finpulse.identity.models import User

CUSTOMERS, HOLDINGS, TASKS = "/admin/crm/customer/", "/admin/crm/holding/", "/admin/crm/task/"
API = "/api/v1"
SAMPLE, STEP = 20, 40
PARTS_OF_CUSTOMER = ("figures", "months", "household", "group")
PARTS_OF_HOLDING = ("parties", "positions", "balances")


FIXED_SEARCHES = {
    "common surname": ["novak", "Svobodová", "dvorak"],
    "accents": ["NOVÁKOVÁ", "Růžičková Jiřina", "Šťastný Ondřej"],
    "two letters": ["no", "ru", "ža"],
    "part of many names": ["nov", "jan", "ova"],
    "nothing found": ["qxqzw", "zzyzx jan"],
}
OF_ONE: dict[str, Callable[[Customer], str]] = {
    "two words, any order": lambda one: f"{one.given_name} {one.family_name}",
    "customer number": lambda one: one.customer_no,
    "phone, nine digits": lambda one: f"{one.phone[4:7]} {one.phone[7:10]} {one.phone[10:]}",
    "phone, international": lambda one: one.phone,
    "e-mail part": lambda one: one.email.split("@")[0],
    "national id": lambda one: one._meta.get_field("national_id").reveal(one),
}


@dataclass(frozen=True)
class Page:
    """What is looked at, and where."""

    name: str
    urls: list[str]


def pages_of(user: User) -> list[Page]:
    """Give every page that is measured for this user."""
    sample = _sample(user)
    return [*_lists(user), *_searches(user, sample), *_customers(sample), *_firms(user), *_holdings(sample)]


def rare_names() -> list[str]:
    """Give the family names that fewest customers bear."""
    names = Customer.objects.exclude(family_name="").values("family_name").annotate(bearers=Count("pk"))
    return list(names.order_by("bearers", "family_name").values_list("family_name", flat=True)[:SAMPLE])


def _sample(user: User) -> list[Customer]:
    """Customers in scope, spread over what the user pages through."""
    rows = Customer.objects.visible_to(user).filter(kind="PERSON").exclude(phone="").exclude(email="")
    rows = rows.exclude(national_id_index="").exclude(status="PROSPECT")
    return list(rows.order_by("sort_name", "pk")[: SAMPLE * STEP : STEP])


def _lists(user: User) -> list[Page]:
    reached = Customer.objects.visible_to(user).order_by()[:10_000].count()
    deep = max(reached // 50, 1)
    return [
        Page("my day", ["/admin/"]),
        Page("list", [CUSTOMERS]),
        Page("list, last page", [f"{CUSTOMERS}?p={deep}"]),
        Page("list, by name, Z to A", [f"{CUSTOMERS}?o=-1"]),
        Page("list, rare filter", [f"{CUSTOMERS}?kyc_status__exact=REFUSED"]),
        Page("list, three filters", [f"{CUSTOMERS}?kind__exact=PERSON&segment__exact=PRIVATE&status__exact=DECEASED"]),
        Page("list, filter of none", [f"{CUSTOMERS}?kind__exact=PERSON&segment__exact=CORPORATE"]),
        Page("holdings", [HOLDINGS]),
        Page("holdings, maturing", [f"{HOLDINGS}?maturing=30"]),
        Page("holdings, rare filter", [f"{HOLDINGS}?kind__exact=INVESTMENT&status__exact=BLOCKED"]),
        Page("tasks", [TASKS]),
        Page("interactions", ["/admin/crm/interaction/"]),
        Page("notifications", ["/admin/notifications/message/"]),
        Page("API customers", [f"{API}/customers/"]),
        Page("API customers, filter", [f"{API}/customers/?kyc_status=REFUSED&kind=ORGANISATION"]),
        Page("API holdings", [f"{API}/holdings/"]),
        Page("API holdings, filter", [f"{API}/holdings/?matures_after=2026-12-01&matures_before=2026-12-31"]),
        Page("API tasks", [f"{API}/tasks/"]),
        Page("API interactions", [f"{API}/interactions/"]),
        Page("API relationships", [f"{API}/relationships/"]),
        Page("API exchange rates", [f"{API}/exchange-rates/"]),
        Page("portfolio", ["/admin/crm/portfolio/"]),
        Page("API portfolio", [f"{API}/portfolio/"]),
    ]


def _customers(sample: list[Customer]) -> list[Page]:
    return [
        Page("customer 360", [f"{CUSTOMERS}{one.pk}/" for one in sample]),
        Page("API customer", [f"{API}/customers/{one.pk}/" for one in sample]),
        Page("API customer's holdings", [f"{API}/holdings/?party={one.pk}" for one in sample]),
        Page("relationships", [f"{CUSTOMERS}{one.pk}/relationships/" for one in sample]),
        *(Page(f"API {part}", [f"{API}/customers/{one.pk}/{part}/" for one in sample]) for part in PARTS_OF_CUSTOMER),
    ]


def _firms(user: User) -> list[Page]:
    rows = Customer.objects.visible_to(user).filter(kind="ORGANISATION").order_by("sort_name", "pk")
    keys = rows.values_list("pk", flat=True)[: SAMPLE * STEP : STEP]
    return [
        Page("customer 360, firm", [f"{CUSTOMERS}{key}/" for key in keys]),
        Page("relationships, firm", [f"{CUSTOMERS}{key}/relationships/" for key in keys]),
    ]


def _holdings(sample: list[Customer]) -> list[Page]:
    keys = Holding.objects.filter(customer__in=sample).order_by("pk").values_list("pk", flat=True)[:SAMPLE]
    return [Page(f"API {part}", [f"{API}/holdings/{key}/{part}/" for key in keys]) for part in PARTS_OF_HOLDING]


def _searches(user: User, sample: list[Customer]) -> list[Page]:
    numbers = dict(Holding.objects.filter(customer__in=sample).values_list("customer", "holding_no")).values()
    kinds = (
        FIXED_SEARCHES | {"rare surname": rare_names()} | {name: [*map(text, sample)] for name, text in OF_ONE.items()}
    )
    kinds |= {"holding number": [*numbers], "holding's last digits": [number[-6:] for number in numbers]}
    return [Page(f"search: {kind}", [_search(text) for text in texts]) for kind, texts in kinds.items()]


def _search(text: str) -> str:
    return f"{CUSTOMERS}?{urlencode({'q': text}, quote_via=quote)}"
