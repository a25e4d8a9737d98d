"""A missing program skips a test, or fails it where it is required; an unknown name is never taken for a known one."""

import pytest

from tests.services import require


@pytest.fixture(autouse=True)
def _empty_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    monkeypatch.delenv("FINPULSE_REQUIRE", raising=False)


def test_a_missing_browser_skips_with_a_reason() -> None:
    with pytest.raises(pytest.skip.Exception, match="chromium is not on this machine: install chromium"):
        require.chromium()


def test_a_missing_browser_fails_where_it_is_required(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FINPULSE_REQUIRE", "rabbitmq,chromium")

    with pytest.raises(pytest.fail.Exception, match="chromium is not on this machine"):
        require.chromium()


def test_an_unknown_requirement_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FINPULSE_REQUIRE", "chrome")

    with pytest.raises(pytest.fail.Exception, match="FINPULSE_REQUIRE names chrome"):
        require.node()
