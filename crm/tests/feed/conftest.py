"""A feed on disk and the people whom its officers mean."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from crm.tests.feed.feeds import Feed


@pytest.fixture
def feed(tmp_path: Path, people: object) -> Feed:
    """The small good bank."""
    return Feed(tmp_path / "feed")


@pytest.fixture
def make_feed(tmp_path: Path, people: object) -> Callable[..., Feed]:
    """Make a feed whose files differ from the good bank's."""

    def make(name: str = "feed", **files: Any) -> Feed:
        return Feed(tmp_path / name, **files)

    return make
