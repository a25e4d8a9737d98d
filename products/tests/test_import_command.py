"""The command: what it prints and how it ends."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from products.tests.documents import deposit_rate, document, write

pytestmark = pytest.mark.django_db


class Terminal(StringIO):
    """A terminal in memory."""

    def isatty(self):
        return True


def run(*paths, err=None):
    out, err = StringIO(), err or StringIO()
    call_command("import_catalogue", *map(str, paths), stdout=out, stderr=err)
    return out.getvalue(), err.getvalue()


def test_it_prints_a_line_per_bank_and_names_each_refusal(tmp_path):
    write(tmp_path, "a.json", document())
    write(tmp_path, "b.json", document("b", brandName="Other Bank", eligibility=[{"eligibilityType": "STUDENT"}]))
    bad = write(tmp_path, "c.json", document("c", depositRates=[deposit_rate("5")]))
    out, err = run(tmp_path)
    other, test, every = out.splitlines()
    assert other.startswith("Other Bank: products 1 new, 0 changed, 0 unchanged, 0 refused; criteria 0 understood")
    assert "1 kept verbatim to be checked by hand" in other
    assert test.startswith("Test Bank: products 1 new, 0 changed, 0 unchanged, 1 refused; criteria 1 understood")
    assert every.startswith("All banks: products 2 new, 0 changed, 0 unchanged, 1 refused;")
    assert err == f"refused {bad}: Saver: depositRates 1: rate 5 is above 1: a rate is a fraction, 0.0345 for 3.45 %\n"


def test_a_bar_is_drawn_on_a_terminal_only(tmp_path):
    write(tmp_path, "a.json", document())
    write(tmp_path, "b.json", document("b"))
    assert run(tmp_path)[1] == ""
    shown = run(tmp_path, err=Terminal())[1]
    assert "\r[###############               ] 1 of 2 files" in shown
    assert shown.endswith("] 2 of 2 files\n")


def test_it_fails_with_a_sentence_when_nothing_can_be_loaded(tmp_path):
    with pytest.raises(CommandError, match=r"There is no file or folder .*nowhere\."):
        run(tmp_path / "nowhere")
    bad = write(tmp_path, "a.json", b"no")
    with pytest.raises(CommandError, match=r"No product could be loaded; the reasons are above\."):
        run(bad)
