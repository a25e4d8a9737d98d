"""The history: whoever changes a customer or a holding by whichever way, the row as it was stays, without names."""

from decimal import Decimal
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.contrib import admin
from django.db import ProgrammingError, connection, transaction
from django.db.transaction import TransactionManagementError
from django.utils import timezone

from crm.demo.plan import DemoPlan
from crm.models import Customer, CustomerHistory, Holding, HoldingHistory
from crm.models import history as columns
from crm.services import customer_edit
from crm.services.demo import demo_bank_seed
from crm.tests.feed.feeds import Feed
from finpulse.kernel.history import acting
from finpulse.kernel.registries import append_only

TRACKED = {
    Customer: (columns.CUSTOMER_KEPT, columns.CUSTOMER_TOLD, columns.CUSTOMER_SILENT),
    Holding: (columns.HOLDING_KEPT, columns.HOLDING_TOLD, columns.HOLDING_SILENT),
}
PERSONAL = "Eliška Nováková, +420602118204, eliska@example.org, CZ6508000000192000145399"


def execute(statement, *arguments):
    with connection.cursor() as cursor:
        cursor.execute(statement, arguments)


@pytest.mark.parametrize("model", TRACKED)
def test_every_column_is_kept_told_or_silent_on_purpose(model):
    named = [name for names in TRACKED[model] for name in names]
    assert sorted(named) == sorted(field.name for field in model._meta.concrete_fields)


def test_an_edit_leaves_the_row_before_it_with_actor_verb_and_request(client, bank, people):
    client.force_login(people.alice, backend="finpulse.identity.backends.RoleAndScopeBackend")
    answer = client.patch(
        f"/api/v1/customers/{bank.own.pk}/",
        {"email": "new@example.org"},
        content_type="application/json",
        headers={"X-Request-ID": "proxy-7"},
    )
    assert (answer.status_code, answer.headers["X-Request-ID"]) == (200, "proxy-7")
    row = CustomerHistory.objects.get()
    assert (row.pgh_label, row.pgh_obj_id, row.edited_here) == ("update", bank.own.pk, [])
    assert set(row.pgh_changed) == {"email", "edited_here"}
    assert row.pgh_context == {"actor": people.alice.pk, "verb": "crm.customer.edited", "request": "proxy-7"}


def test_a_request_without_a_good_name_gets_one(client, bank, people):
    client.force_login(people.alice, backend="finpulse.identity.backends.RoleAndScopeBackend")
    names = {client.get("/healthz", headers={"X-Request-ID": given}).headers["X-Request-ID"] for given in ("", "a b")}
    assert len(names) == 2
    assert all(len(name) == 32 for name in names)


def test_a_feed_leaves_the_rows_it_changed_with_itself_as_the_reason(tmp_path, people):
    customer = {"customer_no": "T1", "kind": "PERSON", "family_name": "Marker", "segment": "MASS"}
    holding = {
        "holding_no": "TH1", "customer_no": "T1", "kind": "ACCOUNT", "currency": "CZK", "opened_on": "2020-01-01",
        "balance": "1.00", "product_code": "A",
    }  # fmt: skip
    feed = Feed(tmp_path, units=None, officers=None, parties=None, customers=[customer], holdings=[holding])
    feed.load()
    assert (CustomerHistory.objects.count(), HoldingHistory.objects.count()) == (0, 0)
    feed.write("customers.csv", [customer | {"segment": "PRIVATE", "family_name": "Other"}])
    feed.write("holdings.csv", [holding | {"product_code": "B", "balance": "2.00"}])
    feed.load()
    row, held = CustomerHistory.objects.get(), HoldingHistory.objects.get()
    assert (row.segment, set(row.pgh_changed)) == ("MASS", {"segment", "family_name"})
    assert (held.product_code, held.pgh_changed) == ("A", ["product_code"])
    for context in (row.pgh_context, held.pgh_context):
        assert context["actor"] is None
        assert (context["verb"], context["reason"]) == ("crm.feed.loaded", "core feed")
        assert context["feed_load"] > 0


def test_a_night_s_balances_alone_leave_nothing(bank):
    Holding.objects.filter(pk=bank.joint.pk).update(
        balance=Decimal(7), available=Decimal(7), balance_as_of=timezone.localdate(), days_past_due=3
    )
    assert not HoldingHistory.objects.exists()


@pytest.mark.parametrize("how", ["bulk", "raw", "queryset"])
def test_no_way_of_writing_gets_past_it(bank, people, how):
    rows = [bank.own, bank.other_unit]
    with acting(actor=people.erin, verb="crm.customer.resegmented", reason="campaign 12"):
        if how == "bulk":
            for row in rows:
                row.segment = "PRIVATE"
            Customer.objects.bulk_update(rows, ["segment"])
        elif how == "raw":
            execute("UPDATE crm_customer SET segment = 'PRIVATE' WHERE id = ANY(%s)", [row.pk for row in rows])
        else:
            Customer.objects.filter(pk__in=[row.pk for row in rows]).update(segment="PRIVATE")
    kept = CustomerHistory.objects.order_by("pgh_obj_id")
    assert [row.pgh_obj_id for row in kept] == sorted(row.pk for row in rows)
    context = {"actor": people.erin.pk, "verb": "crm.customer.resegmented", "reason": "campaign 12"}
    assert [row.pgh_context for row in kept] == [context] * 2


def test_what_nobody_told_of_says_the_database_s_user(bank):
    execute("UPDATE crm_customer SET segment = 'PRIVATE' WHERE id = %s", bank.own.pk)
    row = CustomerHistory.objects.get()
    assert row.pgh_context == {"actor": None, "database_user": connection.settings_dict["USER"]}


def test_the_web_s_role_writes_history_by_changing_a_row_and_cannot_take_it_back(bank, people):
    role = urlsplit(settings.DATABASE_URL).username
    execute(f"SET LOCAL ROLE {role}")
    customer_edit(customer_id=bank.own.pk, changes={"city": "Brno"}, actor=people.alice)
    assert CustomerHistory.objects.get().pgh_context["actor"] == people.alice.pk
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        CustomerHistory.objects.all().delete()


def test_a_deleted_row_stays_in_the_history(bank):
    execute("DELETE FROM crm_holdingparty WHERE holding_id = %s", bank.joint.pk)
    execute("DELETE FROM crm_holding WHERE id = %s", bank.joint.pk)
    row = HoldingHistory.objects.get()
    assert (row.pgh_label, row.pgh_obj_id, row.holding_no) == ("delete", bank.joint.pk, bank.joint.holding_no)


def test_it_holds_keys_and_no_names(bank, people):
    with acting(actor=people.alice, verb="test.customer.changed"):
        Customer.objects.filter(pk=bank.own.pk).update(
            given_name="Eliška", family_name="Nováková", phone="+420602118204", email="eliska@example.org"
        )
        Holding.objects.filter(pk=bank.joint.pk).update(name="Eliška Nováková", iban="CZ6508000000192000145399")
    execute("UPDATE crm_customer SET given_name = '', family_name = '', phone = '', email = ''")
    execute("UPDATE crm_holding SET name = '', iban = ''")
    with connection.cursor() as cursor:
        cursor.execute("SELECT string_agg(h::text, ' ') FROM crm_customerhistory h")
        kept = cursor.fetchone()[0]
        cursor.execute("SELECT string_agg(h::text, ' ') FROM crm_holdinghistory h")
        kept += cursor.fetchone()[0]
    assert "family_name" in kept
    for word in PERSONAL.replace(",", "").split():
        assert word not in kept


@pytest.mark.parametrize("setting", ["pgtrigger.ignore", "pghistory.ignore"])
def test_no_session_can_tell_it_to_look_away(bank, setting):
    with connection.cursor() as cursor:
        cursor.execute("SELECT tgname FROM pg_trigger WHERE tgrelid = 'crm_customer'::regclass AND NOT tgisinternal")
        names = ",".join(name for (name,) in cursor.fetchall())
    execute("SELECT set_config(%s, %s, true)", setting, f"{{{names}}}")
    Customer.objects.filter(pk=bank.own.pk).update(segment="PRIVATE")
    assert CustomerHistory.objects.count() == 1


def test_an_act_within_an_act_speaks_for_its_own_rows_only(bank, people):
    with acting(actor=people.alice, verb="test.outer.done"):
        with acting(actor=people.bob, verb="test.inner.done"):
            Customer.objects.filter(pk=bank.own.pk).update(segment="PRIVATE")
        Customer.objects.filter(pk=bank.pool.pk).update(segment="PRIVATE")
    verbs = dict(CustomerHistory.objects.values_list("pgh_obj_id", "pgh_context__verb"))
    assert verbs == {bank.own.pk: "test.inner.done", bank.pool.pk: "test.outer.done"}


def test_an_act_that_failed_speaks_for_nothing_after_it(bank, people):
    with pytest.raises(RuntimeError), transaction.atomic(), acting(actor=people.alice, verb="test.failed.done"):
        raise RuntimeError
    Customer.objects.filter(pk=bank.own.pk).update(segment="PRIVATE")
    assert "verb" not in CustomerHistory.objects.get().pgh_context


@pytest.mark.django_db(transaction=True)
def test_an_act_ends_with_its_transaction_and_needs_one(people, bank):
    with pytest.raises(TransactionManagementError), acting(actor=None, verb="test.thing.done"):
        pass
    customer_edit(customer_id=bank.own.pk, changes={"city": "Brno"}, actor=people.alice)
    Customer.objects.filter(pk=bank.own.pk).update(segment="PRIVATE")
    assert [row.pgh_context.get("verb") for row in CustomerHistory.objects.order_by("pgh_id")] == [
        "crm.customer.edited",
        None,
    ]


def test_a_seed_and_a_seed_anew_leave_none(db):
    for seed in (1, 2):
        demo_bank_seed(plan=DemoPlan(today=timezone.localdate(), customers=30, seed=seed), actor=None)
        assert not CustomerHistory.objects.exists()
        assert not HoldingHistory.objects.exists()
    Customer._base_manager.all()[0:1].get()
    execute("UPDATE crm_customer SET segment = 'PRIVATE' WHERE segment <> 'PRIVATE'")
    assert CustomerHistory.objects.exists()


def test_the_histories_are_only_added_to_and_have_no_page_yet():
    assert {CustomerHistory, HoldingHistory} <= set(append_only)
    shown = {model._meta.app_label for model in admin.site._registry}
    assert "pghistory" not in shown
    assert not {CustomerHistory, HoldingHistory} & set(admin.site._registry)
