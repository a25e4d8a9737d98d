"""The gates of `make check` that are our own."""

import shutil

import pytest

from finpulse.local import checks
from tests.run.checkout import Checkout

TANGLED = "def tangled(n):\n" + "".join(f"    if n == {number}:\n        return {number}\n" for number in range(10))


def test_a_tangled_function_is_named(checkout: Checkout) -> None:
    new_app = checkout.path / "new"
    new_app.mkdir()
    (new_app / "__init__.py").touch()
    (new_app / "tangled.py").write_text(TANGLED)

    refused = checkout.run("-m", "finpulse.local.complexity")
    shutil.rmtree(new_app)

    assert refused.returncode == 1
    assert "new/tangled.py:1 tangled has complexity 11" in refused.stdout


@pytest.mark.parametrize(("status", "word", "said"), [(0, "ok", False), (1, "FAILED", True)])
def test_a_step_prints_its_line_and_what_it_said_when_it_failed(
    capsys: pytest.CaptureFixture[str], status: int, word: str, said: bool
) -> None:
    step = checks.Step("greeting", ["-c", f"print('first\\nlast'); raise SystemExit({status})"])

    assert step.run() is (status == 0)

    output = capsys.readouterr().out
    assert output.startswith(word)
    assert ("first" in output) is said


def test_production_settings_are_given_all_they_require() -> None:
    assert all(checks.production().values())
    assert {step.name for step in checks.steps()} >= {"lint", "format", "types", "layers", "deployment"}
