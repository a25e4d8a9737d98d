"""What the customers of a manager or a unit have and owe together, on a page for who may see them."""

import re
from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from crm.models import Customer
from crm.selectors import portfolio as selectors
from crm.services.unit_figures import unit_figures_roll_up
from crm.tests.factories import CustomerFactory, ExchangeRateFactory, HoldingFactory, PartyFactory
from finpulse.audit.models import AuditEvent
from finpulse.identity.models import User
from finpulse.identity.services import cover_give, unit_place

PAGE = "/admin/crm/portfolio/"
# After authentication (3): navigation, look, units, day, figures, rates, managers, people, books.
BUDGET = 3 + 9


@pytest.fixture
def page_of(client, people):
    def read(name, query=""):
        client.force_login(getattr(people, name), backend="finpulse.identity.backends.RoleAndScopeBackend")
        return client.get(PAGE + query)

    return read


@pytest.fixture
def rolled_up(bank):
    """The figures of the bank's units as of today."""
    return unit_figures_roll_up(today=timezone.localdate(), actor=None)


def tiles(response):
    """Give what each tile says, by its label."""
    found = re.findall(r'<div class="tile">(.*?)</div>', response.content.decode(), re.DOTALL)
    texts = [[" ".join(part.split()) for part in re.split(r"<[^>]+>", tile) if part.strip()] for tile in found]
    return {label: " | ".join(words) for label, *words in texts}


def rows(response, panel):
    """Give, by the first cell of each row, what the others say."""
    found = re.search(rf'aria-labelledby="{panel}-head">(.*?)</section>', response.content.decode(), re.DOTALL)
    said = {}
    for row in re.findall(r"<tr>(.*?)</tr>", found[1], re.DOTALL):
        cells = [re.sub(r"<[^>]+>", " ", cell) for cell in re.findall(r"<t[dh].*?</t[dh]>", row, re.DOTALL)]
        first, *others = [" ".join(cell.split()) for cell in cells]
        said[first] = others
    return said


def total_of(response):
    return tiles(response)["Net position"]


def test_a_manager_sees_his_own_book_and_a_shared_holding_once(bank, people, page_of):
    second = CustomerFactory(manager=people.alice, unit=people.alice.unit)
    PartyFactory(holding=bank.joint, customer=second, role="JOINT")
    page = page_of("alice")
    assert "My portfolio" in page.content.decode()
    assert tiles(page)["Deposits"] == tiles(page)["Net position"] == "CZK 2,000"
    assert "2 customers in your charge, balances of 23 Nov 2026" in page.content.decode()


def test_each_figure_says_what_of_it_is_not_known_or_not_convertible(bank, page_of):
    HoldingFactory(customer=bank.own, kind="LOAN", balance=None)
    HoldingFactory(customer=bank.own, kind="INVESTMENT", currency="EUR", balance=Decimal(10))
    HoldingFactory(customer=bank.own, kind="INVESTMENT", currency="USD", balance=Decimal(7))
    HoldingFactory(customer=bank.own, kind="CARD", balance=Decimal(-30), credit_limit=Decimal(100))
    PartyFactory(customer=bank.own, role="GUARANTOR", amount=None)
    ExchangeRateFactory(as_of=timezone.localdate() - timedelta(days=1), rate=Decimal("24.5"))
    page = page_of("alice")
    assert tiles(page) == {
        "Business volume": "CZK 2,275 | USD not convertible | 1 not known",
        "Deposits": "CZK 2,000",
        "Investments": "CZK 245 | USD not convertible",
        "Lending drawn": "CZK 30 | 1 not known",
        "Net position": "CZK 2,215 | USD not convertible | 1 not known",
        "Undrawn": "CZK 70",
        "Guarantees given": "not known | 1 not known | contingent",
    }
    assert "1 of 6 holdings have no known balance" in page.content.decode()
    currencies = rows(page, "currencies")
    assert list(currencies)[1] == "CZK"
    assert [name for name in currencies if name.startswith("EUR at 24.50, ")]
    assert currencies["USD no rate: not convertible"][:4] == ["7", "–", "7", "–"]


def test_a_restricted_customer_counts_for_who_may_see_him_alone(bank, people, page_of):
    assert total_of(page_of("bob")) == "CZK 2,000"
    assert total_of(page_of("grace", f"?manager={people.bob.pk}")) == "CZK 2,000"
    for name in ("dana", "erin"):
        page = page_of(name, f"?manager={people.bob.pk}")
        assert total_of(page) == "CZK 1,000"
        assert "1 customer in Bob North’s charge" in page.content.decode()


@pytest.mark.usefixtures("rolled_up")
def test_a_unit_s_figures_are_told_by_its_managers_and_by_the_units_below(bank, people, units, page_of):
    north = page_of("dana")
    assert total_of(north) == "CZK 4,000"
    managers = rows(north, "managers")
    assert {name: cells[-2:] for name, cells in managers.items() if name != "In charge"} == {
        "Alice North": ["2,000", "1"],
        "Bob North": ["1,000", "1"],
        "Nobody: the unit’s pool": ["1,000", "1"],
    }
    head = page_of("erin")
    assert total_of(head) == "CZK 5,000"
    assert {name: cells[-2] for name, cells in rows(head, "units").items() if name != "Unit"} == {
        "North": "4,000",
        "South": "2,000",
    }
    assert f"{PAGE}?unit={units['NORTH'].pk}" in head.content.decode()
    assert total_of(page_of("frank", f"?unit={units['SOUTH'].pk}")) == "CZK 2,000"


@pytest.mark.usefixtures("rolled_up")
def test_each_row_leads_to_the_list_of_its_customers(bank, client, page_of):
    shown = {}
    for name in ("dana", "erin"):
        page = page_of(name)
        for url in sorted(set(re.findall(r'href="(/admin/crm/customer/\?[^"]+)"', page.content.decode()))):
            listed = client.get(url.replace("&amp;", "&")).context["cl"]
            shown[name, url] = {customer.family_name.removesuffix("marker") for customer in listed.result_list}
    north = {"Own", "Sameunit", "Pool"}
    assert [shown[key] for key in shown if key[0] == "dana"] == [
        north,
        *[{one} for one in ("Own", "Sameunit", "Pool")],
    ]
    assert [shown[key] for key in shown if key[0] == "erin"] == [north | {"Otherunit"}, north, {"Otherunit"}]


@pytest.mark.usefixtures("rolled_up")
def test_nobody_opens_a_portfolio_out_of_his_scope_and_none_tells_whether_it_is_there(bank, people, units, page_of):
    asked = {
        "alice": [("manager", people.bob), ("unit", units["NORTH"]), ("manager", people.dana)],
        "dana": [("manager", people.charlie), ("unit", units["SOUTH"]), ("unit", units["HEAD"])],
        "script": [("manager", people.alice), ("unit", units["NORTH"])],
    }
    for name, targets in asked.items():
        for what, row in [*targets, ("manager", None), ("unit", None)]:
            key = row.pk if row else 987654
            assert page_of(name, f"?{what}={key}").status_code == 404, (name, what, key)
    for query in ("?unit=x", "?manager=-1", f"?unit={10**30}", "?manager=%00"):
        assert page_of("erin", query).status_code == 404
    assert page_of("heidi").status_code == 404


def test_who_covers_a_colleague_opens_his_book_while_the_cover_lasts(bank, people, page_of):
    now, day = timezone.now(), timedelta(days=1)
    cover = {"covered": people.bob, "coverer": people.alice, "actor": people.bob, "reason": "a test"}
    query = f"?manager={people.bob.pk}"
    assert page_of("alice", query).status_code == 404
    cover_give(**cover, starts_at=now - day, ends_at=now + day)
    people.alice = User.objects.with_access().get(pk=people.alice.pk)
    assert total_of(page_of("alice", query)) == "CZK 1,000"


def test_a_unit_that_was_never_rolled_up_says_so_and_still_tells_its_managers(bank, page_of):
    page = page_of("dana")
    assert "The figures of this unit are not added up yet" in page.content.decode()
    assert tiles(page) == {}
    assert rows(page, "managers")["Alice North"][-2:] == ["2,000", "1"]


@pytest.mark.usefixtures("rolled_up")
def test_of_many_customers_the_books_are_counted_and_led_to(bank, page_of, monkeypatch):
    # The bound alone is lowered: above it stand the same lines for three thousand customers.
    monkeypatch.setattr(selectors, "MOST_BESIDE", 2)
    page = page_of("dana")
    assert rows(page, "managers")["Alice North"][-2:] == ["open the book", "1"]
    assert total_of(page) == "CZK 4,000"


@pytest.mark.usefixtures("rolled_up")
def test_a_unit_says_what_is_not_known_of_each_kind(bank, page_of):
    HoldingFactory(customer=bank.own, balance=None)
    PartyFactory(customer=bank.own, role="GUARANTOR")
    unit_figures_roll_up(today=timezone.localdate(), actor=None)
    shown = tiles(page_of("dana"))
    assert shown["Deposits"] == "CZK 4,000 | 1 not known"
    assert shown["Lending drawn"] == "none"
    assert shown["Net position"] == "CZK 4,000 | 1 not known"
    assert shown["Guarantees given"] == "not known | 1 not known | contingent"


def test_a_tree_beside_is_named(bank, units, page_of):
    other, _ = unit_place(code="OTHER", name="Other bank", kind="HEAD_OFFICE", parent=None, actor=None)
    unit_figures_roll_up(today=timezone.localdate(), actor=None)
    assert f'<a href="{PAGE}?unit={other.pk}">Other bank</a>' in page_of("erin").content.decode()
    assert "Other bank" not in page_of("dana").content.decode()


@pytest.mark.usefixtures("rolled_up")
def test_a_look_is_written_down_and_costs_the_same_for_few_and_many(bank, people, units, client, page_of):
    def cost(name):
        page_of(name)
        with CaptureQueriesContext(connection) as caught:
            assert client.get(PAGE).status_code == 200
        return len([one for one in caught if not one["sql"].startswith(("SAVEPOINT", "RELEASE"))])

    few = [cost("alice"), cost("dana")]
    for _ in range(20):
        manager = User.objects.create_user(f"m{Customer.objects.count()}", unit=units["NORTH"])
        HoldingFactory(customer=CustomerFactory(manager=manager, unit=units["NORTH"]))
        HoldingFactory(customer=CustomerFactory(manager=people.alice, unit=units["NORTH"]))
    assert [cost("alice"), cost("dana")] == few
    assert max(few) <= BUDGET
    looks = AuditEvent.objects.filter(verb="crm.portfolio.viewed").order_by("pk")
    assert [(look.actor_id, look.detail) for look in looks][:4:2] == [
        (people.alice.pk, {"surface": "page", "manager": people.alice.pk}),
        (people.dana.pk, {"surface": "page", "unit": units["NORTH"].pk}),
    ]


def test_a_list_narrowed_to_who_is_not_seen_shows_nobody_and_no_name(bank, people, units, client):
    client.force_login(people.alice, backend="finpulse.identity.backends.RoleAndScopeBackend")
    for query in (f"manager={people.charlie.pk}", "manager=987654", f"unit={units['SOUTH'].pk}", "unit=x", "manager=x"):
        page = client.get(f"/admin/crm/customer/?{query}")
        assert page.context["cl"].result_count == 0
        assert not {"Charlie", "South"} & set(re.findall(r"\w+", page.content.decode()))
    assert client.get(f"/admin/crm/customer/?manager={people.alice.pk}").context["cl"].result_count == 1
