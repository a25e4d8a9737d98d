"""What the provider claims counts for what the table says, anew at every sign-in."""

import pytest

from finpulse.identity.models import ClaimMapping, ClaimSeen, User
from finpulse.identity.selectors.claims import claims_unmapped
from tests.people import make_units
from tests.sign_in.test_bent_provider import sign_in


def gives(bent, value, role="", unit=None):
    """Have a value give a role or unit, as if approved."""
    kind = "UNIT" if unit else "ROLE"
    return ClaimMapping.objects.create(issuer=bent.issuer, kind=kind, value=value, role=role, unit=unit)


def roles():
    return set(User.objects.get().groups.values_list("name", flat=True))


def test_a_value_gives_the_role_of_the_table_and_no_other_value_gives_any(bent, bent_browser, settings):
    settings.OIDC_ROLE_NAMES_COUNT = False
    gives(bent, "crm-managers", "customer_manager")
    bent.about["roles"] = ["crm-managers", "auditor", "unknown"]
    assert sign_in(bent_browser, bent) == "/admin/crm/customer/"
    assert roles() == {"customer_manager"}


def test_in_the_local_settings_a_name_counts_but_where_a_line_says_otherwise(bent, bent_browser):
    gives(bent, "supervisor", "customer_manager")
    bent.about["roles"] = ["supervisor", "auditor"]
    sign_in(bent_browser, bent)
    assert roles() == {"customer_manager", "auditor"}


def test_no_name_of_a_role_counts_where_only_the_table_does(bent, bent_browser, settings, answers):
    settings.OIDC_ROLE_NAMES_COUNT = False
    assert sign_in(bent_browser, bent) == "/admin/login/"
    page, line = answers.told("a role's name, where only the table counts", bent_browser.client)
    assert "no role in FinPulse" in page
    assert "no role in FinPulse" in line
    assert not User.objects.exists()


def test_a_line_that_gives_nothing_yet_changes_nothing(bent, bent_browser):
    gives(bent, "crm-managers")
    assert sign_in(bent_browser, bent) == "/admin/crm/customer/"
    assert roles() == {"customer_manager"}


def test_the_table_of_another_provider_does_not_count(bent, bent_browser):
    ClaimMapping.objects.create(
        issuer="https://elsewhere.example", kind="ROLE", value="customer_manager", role="auditor"
    )
    sign_in(bent_browser, bent)
    assert roles() == {"customer_manager"}


def test_a_role_whose_line_is_gone_is_gone_at_the_next_sign_in(bent, bent_browser):
    line = gives(bent, "one", "customer_manager")
    gives(bent, "two", "auditor")
    bent.about["roles"] = ["one", "two"]
    sign_in(bent_browser, bent)
    assert roles() == {"customer_manager", "auditor"}
    ClaimMapping.objects.filter(pk=line.pk).update(role="")
    sign_in(bent_browser, bent)
    assert roles() == {"auditor"}


def test_values_that_give_roles_which_defeat_dual_control_are_refused_and_change_nothing(bent, bent_browser, answers):
    gives(bent, "one", "customer_manager")
    gives(bent, "two", "system_administrator")
    bent.about["roles"] = ["one"]
    sign_in(bent_browser, bent)
    bent_browser.client.post("/admin/logout/")
    bent.about["roles"] = ["one", "two"]
    assert sign_in(bent_browser, bent) == "/admin/login/"
    page, line = answers.told("values that give roles which may not be combined", bent_browser.client)
    assert "may not be combined" in page
    assert "may not be combined" in line
    assert roles() == {"customer_manager"}


@pytest.mark.parametrize(("claimed", "code"), [("B-17", "SOUTH"), ("NORTH", "NORTH"), ("unknown", None), (None, None)])
def test_a_unit_is_that_of_the_table_or_of_the_code_and_one_gone_or_unknown_is_taken_away(
    claimed, code, bent, bent_browser
):
    units = make_units()
    gives(bent, "B-17", unit=units["SOUTH"])
    bent.about["unit"] = "HEAD"
    sign_in(bent_browser, bent)
    assert User.objects.get().unit.code == "HEAD"
    bent.about["unit"] = claimed
    sign_in(bent_browser, bent)
    unit = User.objects.get().unit
    assert (unit.code if unit else None) == code


def test_a_sign_in_changes_no_unit_where_the_provider_does_not_say_units(bent, bent_browser, settings):
    make_units()
    bent.about["unit"] = "NORTH"
    sign_in(bent_browser, bent)
    settings.OIDC_UNIT_CLAIM = ""
    bent.about["unit"] = "SOUTH"
    sign_in(bent_browser, bent)
    assert User.objects.get().unit.code == "NORTH"


def test_what_was_claimed_last_is_kept_and_what_gives_nothing_is_listed(bent, bent_browser):
    gives(bent, "one", "customer_manager")
    bent.about["roles"] = ["one", "two"]
    sign_in(bent_browser, bent)
    bent.about["roles"] = ["one", "three", "x" * 201]
    sign_in(bent_browser, bent)
    assert set(ClaimSeen.objects.values_list("value", flat=True)) == {"one", "three"}
    assert [(line.value, line.people) for line in claims_unmapped()] == [("three", 1)]
