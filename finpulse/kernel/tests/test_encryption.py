"""Encrypted fields: bound to row and column, readable through a rotation, found only whole."""

import uuid

import pytest
from django.core.exceptions import FieldError, ImproperlyConfigured

from crm.models import Customer
from crm.tests.factories import CustomerFactory
from finpulse.kernel.encryption import blind_index, decrypt_field, encrypt_field

FIRST, SECOND = (f"{kid}:{letter * 42}{letter}=" for kid, letter in (("a", "A"), ("b", "B")))
COLUMN = "crm_customer.national_id"


@pytest.fixture
def keys(settings):
    settings.FIELD_ENCRYPTION_KEYS = [FIRST]
    return settings


def test_a_value_opens_in_its_own_row_and_column_only(keys):
    uid = uuid.uuid4()
    stored = encrypt_field("7903144417", column=COLUMN, uid=uid)
    assert "7903144417" not in stored
    assert decrypt_field(stored, column=COLUMN, uid=uid) == "7903144417"
    for column, other in ((COLUMN, uuid.uuid4()), ("crm_customer.tax_id", uid)):
        with pytest.raises(ValueError, match="altered or moved"):
            decrypt_field(stored, column=column, uid=other)


def test_an_altered_value_is_refused(keys):
    uid = uuid.uuid4()
    stored = encrypt_field("secret", column=COLUMN, uid=uid)
    altered = stored[:-2] + ("A" if stored[-2] != "A" else "B") + stored[-1]
    with pytest.raises(ValueError, match="altered or moved"):
        decrypt_field(altered, column=COLUMN, uid=uid)


def test_equal_values_look_different_at_rest_and_nothing_stays_nothing(keys):
    uid = uuid.uuid4()
    assert encrypt_field("x", column=COLUMN, uid=uid) != encrypt_field("x", column=COLUMN, uid=uid)
    assert encrypt_field("", column=COLUMN, uid=uid) == decrypt_field("", column=COLUMN, uid=uid) == ""


def test_a_new_key_writes_while_the_old_one_still_reads(keys):
    uid = uuid.uuid4()
    old = encrypt_field("secret", column=COLUMN, uid=uid)
    index = blind_index("secret", column=COLUMN)
    keys.FIELD_ENCRYPTION_KEYS = [SECOND, FIRST]
    assert decrypt_field(old, column=COLUMN, uid=uid) == "secret"
    assert encrypt_field("secret", column=COLUMN, uid=uid).startswith("v1|b|")
    assert blind_index("secret", column=COLUMN) == index
    keys.FIELD_ENCRYPTION_KEYS = [SECOND]
    with pytest.raises(LookupError, match="'a'"):
        decrypt_field(old, column=COLUMN, uid=uid)


@pytest.mark.parametrize("bad", [[], ["a:short"], [":" + "A" * 43 + "="]])
def test_keys_that_cannot_be_right_are_named(settings, bad):
    settings.FIELD_ENCRYPTION_KEYS = bad
    with pytest.raises(ImproperlyConfigured, match="FIELD_ENCRYPTION_KEYS"):
        encrypt_field("x", column=COLUMN, uid=uuid.uuid4())


def test_a_blind_index_ignores_case_blanks_and_strokes_and_differs_by_column(keys):
    assert blind_index("790314/4417", column=COLUMN) == blind_index("7903144417", column=COLUMN)
    assert blind_index("ab 1", column=COLUMN) == blind_index("AB1", column=COLUMN)
    assert blind_index("1", column=COLUMN) != blind_index("1", column="crm_customer.tax_id")
    assert blind_index(" / ", column=COLUMN) == ""


def test_ciphertext_cannot_be_looked_up(db):
    CustomerFactory()
    with pytest.raises(FieldError, match="blind index"):
        Customer.objects.filter(national_id="7903144417").exists()
