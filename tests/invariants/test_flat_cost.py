"""What a page asks of the database does not grow with its rows, and keeps to its budget."""

from __future__ import annotations

from types import SimpleNamespace

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from crm.tests.factories import CustomerFactory
from finpulse.identity.tests.rows import make_user
from finpulse.kernel.access.scope import is_scoped
from tests.invariants.pages import lists, my_day, pages_of, resources
from tests.invariants.rows import makers, show_all_columns

# Queries after authentication, as performance.md names them; the looks written down are among them.
BUDGETS = {"list": 6, "resource": 3, "panels": 5, "my day": 12}
AUTHENTICATION = 3
READERS = ("alice", "dana", "grace", "heidi")
FEW, MANY = 2, 200
# Brackets, and what a session notes of itself once a minute, on whatever page that falls.
UNCOUNTED = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE", 'UPDATE "identity_signinsession"')
# A verb that answers to POST alone, a message that leads to what it is about, an entry of another's list.
NO_PAGE = (302, 404, 405)
# Every so many rows of one's own stands one of another's: a wide reader's page names many managers and units.
OTHERS_AMONG = 10


class Bank:
    """Rows of every listed model. What hangs on customers: one to each customer, and as many again to one of them."""

    def __init__(self, people: SimpleNamespace) -> None:
        self._alice = people.alice
        self._dense = CustomerFactory(manager=people.alice, unit=people.alice.unit)
        self._size = 0
        self.rows = {label: make(self._dense, people.alice) for label, make in makers().items()}

    def grow(self, size: int) -> None:
        """Have as many rows of each model."""
        for number in range(self._size, size):
            self._add(self._alice)
            if number % OTHERS_AMONG == 0:
                self._add(make_user())
        self._size = size
        # As autovacuum does: statistics of another test's bank make each page a walk through all tables.
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")

    def _add(self, manager: object) -> None:
        customer = CustomerFactory(manager=manager, unit=manager.unit)
        for label, make in makers().items():
            make(customer, manager)
            if is_scoped(apps.get_model(label)) and manager is self._alice:
                make(self._dense, manager)


def test_every_listed_model_says_how_a_row_is_made():
    listed = {page.label for page in [*lists(), *resources()]}
    assert listed - set(makers()) == set()


def test_every_page_costs_the_same_for_two_rows_and_for_two_hundred(people, capsys):
    bank, clients = Bank(people), {name: signed_in(getattr(people, name)) for name in READERS}
    for name in READERS:
        show_all_columns(getattr(people, name))
    # Read once by each process and kept: which page comes first is not what is measured.
    ContentType.objects.get_for_models(*apps.get_models(), for_concrete_models=False)
    bank.grow(FEW)
    few = costs(bank, people, clients)
    bank.grow(MANY)
    many = costs(bank, people, clients)
    with capsys.disabled():
        print(f"\n{len(many)} pages and readers, {FEW} and {MANY} rows:{table(few, many)}")
    assert {key: (few.get(key), cost) for key, cost in many.items() if few.get(key) != cost} == {}
    assert [key for key, (_, cost) in many.items() if cost > BUDGETS.get(key[0], cost)] == []
    assert max(authentication for authentication, _ in many.values()) <= AUTHENTICATION


def costs(bank, people, clients):
    """Give, for each page and each reader for whom it opens, the queries of authentication and those of the page."""
    found = {}
    for page in [my_day(), *lists(), *resources(), *(page for row in bank.rows.values() for page in pages_of(row))]:
        for name in readers_of(page, people):
            if answer := cost(clients[name], page.url):
                found[page.what, page.url, name] = answer
    return found


def readers_of(page, people):
    """Give who opens a page: of a list the narrowest and the widest reader, of one row's page the narrowest."""
    able = [name for name in READERS if page.may_be_opened_by(getattr(people, name))]
    return able[:1] if page.what == "page" else sorted({able[0], able[-1]})


def cost(client, url):
    """Give the queries of authentication and those of the page; nothing where there is no page to be read."""
    with CaptureQueriesContext(connection) as caught:
        if client.get(url).status_code in NO_PAGE:
            return None
    asked = [query["sql"] for query in caught if not query["sql"].startswith(UNCOUNTED)]
    authentication = [sql for sql in asked if '"django_session"' in sql or "access_roles" in sql]
    return len(authentication), len(asked) - len(authentication)


def table(few, many):
    """Say each kind of page's dearest, and each page that grew or is over its budget."""
    lines = []
    for what in sorted({key[0] for key in many}):
        dearest = max((key for key in many if key[0] == what), key=lambda key: many[key][1])
        budget = f"of {BUDGETS[what]}" if what in BUDGETS else ""
        lines.append(f"  {what}: at most {many[dearest][1]} {budget} ({dearest[1]}, {dearest[2]})")
    return "".join(f"\n{line}" for line in lines)


def signed_in(user):
    client = Client()
    client.force_login(user, backend="finpulse.identity.backends.RoleAndScopeBackend")
    return client
