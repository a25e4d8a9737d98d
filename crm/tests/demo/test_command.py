"""The command: what it says and with which status."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from crm.models import Customer, Task


def run(*arguments):
    out = StringIO()
    call_command("seed_demo", *arguments, stdout=out)
    return out.getvalue()


@pytest.mark.django_db
def test_it_says_what_it_made_and_how_long_it_took():
    said = run("--customers", "40", "--today", "2026-11-23")
    assert said.startswith("Made 40 customers, ")
    assert said.endswith(" s.\n")
    assert "in place of 40 customers" in run("--customers", "25")
    assert Customer.objects.count() == 25


@pytest.mark.django_db
def test_if_empty_changes_nothing_where_a_demo_bank_is():
    run("--customers", "25", "--if-empty")
    tasks = set(Task.objects.values_list("pk", flat=True))
    assert run("--customers", "99", "--if-empty") == "The demo bank is there already; nothing was changed.\n"
    assert (Customer.objects.count(), set(Task.objects.values_list("pk", flat=True))) == (25, tasks)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--customers", "-1"], "--customers cannot be negative"),
        (["--customers", "many"], "--customers takes a whole number"),
        (["--managers", "-5"], "--managers cannot be negative"),
        (["--interactions-per-customer", "x"], "takes a whole number"),
        (["--today", "23.11.2026"], "--today takes a day"),
        (["--today", "2026-02-30"], "--today takes a day"),
    ],
)
def test_bad_input_is_refused_with_a_sentence(arguments, sentence):
    with pytest.raises(CommandError, match=sentence):
        run(*arguments)
    assert not Customer.objects.exists()


@pytest.mark.django_db
def test_it_is_refused_in_production(settings):
    settings.PASSWORD_SIGN_IN = False
    with pytest.raises(CommandError, match="local settings only"):
        run()
