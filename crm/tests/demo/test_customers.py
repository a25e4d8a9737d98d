"""What is told of the customers."""

from datetime import date

import pytest
from django.db import connection
from django.db.models import Q

from crm.card_numbers import find_card_number
from crm.demo.identifiers import birth_and_serial, national_id, registration_no
from crm.models import Customer
from crm.names import search_text, sort_name
from crm.tests.demo.conftest import TODAY
from finpulse.kernel.encryption import blind_index


@pytest.fixture
def customers(bank_of_1500):
    """All of them."""
    return list(Customer.objects.order_by("customer_no"))


def test_names_of_many_scripts_and_marks_survive(customers):
    by_number = {each.customer_no: each for each in customers}
    assert by_number["DC000001"].name == "Eliška Nováková"
    assert by_number["DC000011"].name == "O'Brien & Söhne <GmbH>"
    assert by_number["DC000013"].name == "Suharto"
    assert by_number["DC000016"].name == "محمد العلي"
    assert len(by_number["DC000014"].name) > 170
    letters = "".join(each.name for each in customers)
    for script in ("Ř", "ř", "ł", "ễ", "Ш", "ο", "王", "ö"):
        assert script in letters, script


def test_names_are_spelt_for_lists_and_searches_as_everywhere(customers):
    assert all(each.sort_name == sort_name(each) and each.search_text == search_text(each) for each in customers)


def test_fields_hold_what_their_model_allows(customers):
    for customer in customers[:200]:
        customer.clean_fields(exclude=["national_id", "tax_id", "manager", "unit", "edited_here"])


def test_persons_and_organisations_of_all_sorts_are_there(customers):
    persons = [each for each in customers if each.kind == "PERSON"]
    assert 0.8 < len(persons) / len(customers) < 0.9
    assert {each.pep for each in persons} == {True, False, None}
    assert {(each.birth_on is None) for each in persons} == {True, False}
    assert {(each.annual_income is None) for each in persons} == {True, False}


def test_every_status_segment_and_state_of_due_diligence_is_there_and_alice_has_a_minor(customers):
    assert {each.status for each in customers} == set(Customer.Status.values)
    assert {each.kyc_status for each in customers} >= {"PENDING", "CLEAR", "EXPIRED"}
    assert {each.segment for each in customers} == set(Customer.Segment.values)
    minors = [each for each in customers if each.birth_on and each.birth_on > date(TODAY.year - 18, 1, 1)]
    assert any(each.manager.username == "alice" for each in minors)


def test_dates_are_in_order(customers):
    for each in customers:
        assert each.joined_on is None or (each.birth_on or date.min) <= each.joined_on <= TODAY
        assert (each.closed_on is not None) == (each.status == "CLOSED")


def test_contact_data_reaches_nobody(customers):
    hosts = {each.email.partition("@")[2] for each in customers if each.email}
    assert all(host.endswith((".example", ".example.com")) for host in hosts)
    assert all(each.phone.startswith("+420") and each.phone[1:].isdigit() and len(each.phone) == 13
               for each in customers if each.phone)  # fmt: skip


def test_identifiers_are_encrypted_at_rest_and_found_by_their_whole_value(customers):
    with connection.cursor() as cursor:
        cursor.execute("SELECT national_id, tax_id FROM crm_customer WHERE national_id <> '' OR tax_id <> ''")
        stored = cursor.fetchall()
    assert len(stored) > 800
    assert all(value.startswith("v1|") for row in stored for value in row if value)
    eliska = customers[0]
    opened = Customer._meta.get_field("national_id").reveal(eliska)
    assert opened.startswith("795314/")
    index = blind_index(opened, column="crm_customer.national_id")
    assert Customer.objects.get(national_id_index=index) == eliska
    assert not Customer.objects.filter(Q(search_text__contains=opened[:6]) & Q(pk=eliska.pk)).exists()


def test_birth_numbers_are_of_the_right_form_and_fit_the_birth_date(customers):
    field = Customer._meta.get_field("national_id")
    opened = [(each, field.reveal(each)) for each in customers if each.national_id]
    for customer, number in opened:
        plain = number.replace("/", "")
        woman = 50 if customer.gender == "FEMALE" else 0
        assert plain[:6] == f"{customer.birth_on:%y}{customer.birth_on.month + woman:02d}{customer.birth_on:%d}"
        assert len(plain) == 9 if customer.birth_on.year < 1954 else int(plain) % 11 == 0
    assert len({number for _, number in opened}) == len(opened)


def test_no_two_of_a_hundred_thousand_share_a_birth_number():
    numbers = set()
    for number in range(100_000):
        born, serial = birth_and_serial(number, seed=1, youngest=TODAY, days=25_000)
        numbers.add((born.year, national_id(born, serial, woman=bool(number % 2))))
    assert len(numbers) == 100_000


def test_company_numbers_pass_their_check():
    for number in range(500):
        digits = [int(digit) for digit in registration_no(number)]
        total = sum(weight * digit for weight, digit in zip(range(8, 1, -1), digits, strict=False))
        assert digits[7] == (11 - total % 11) % 10


def test_no_text_holds_a_card_number(customers):
    with connection.cursor() as cursor:
        for table in ("crm_customer", "crm_holding", "crm_interaction", "crm_task"):
            cursor.execute(f"SELECT to_jsonb(t) - 'national_id' - 'tax_id' - 'uid' FROM {table} AS t")
            for (row,) in cursor.fetchall():
                texts = [value for value in _values(row) if isinstance(value, str) and len(value) != 64]
                assert not any(find_card_number(text) for text in texts), texts


def _values(row):
    import json

    return (json.loads(row) if isinstance(row, str) else row).values()
