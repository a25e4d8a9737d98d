"""Styles and scripts as production serves them: hashed, joined and compressed under var/static."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.management import call_command

from finpulse.kernel import static_files
from finpulse.local.state import RUN

MARK = RUN / "collected"
MANIFEST = "staticfiles.json"


def collect() -> None:
    """Collect what there is, unless that was done already: it takes seconds, finding out takes none."""
    state = _state()
    if (settings.STATIC_ROOT / MANIFEST).exists() and MARK.exists() and MARK.read_text(encoding="utf-8") == state:
        return
    call_command("collectstatic", "--no-input", "--verbosity=0")
    MARK.write_text(state, encoding="utf-8")


def _state() -> str:
    told = sorted(f"{path} {path.stat().st_mtime_ns} {path.stat().st_size}" for path in _sources())
    return hashlib.sha256("\n".join([str(settings.STATIC_ROOT), *told]).encode()).hexdigest()


def _sources() -> Iterator[Path]:
    yield Path(static_files.__file__)
    for finder in finders.get_finders():
        for name, storage in finder.list([]):
            yield Path(storage.path(name))
