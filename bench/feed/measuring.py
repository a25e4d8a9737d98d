"""COPY, then three loads of the same bank, in a database of its own."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.db import connection

from bench.feed.bank import OFFICERS, write_bank
from bench.feed.copying import MODELS, Copied, copied, indexed
from bench.history.loads import own_database
from finpulse.identity.models import User
from finpulse.local.state import CHECKOUT
from tests.chaos.processes import environment

LOADS = ("all new", "all as before", "a tenth changed")


@dataclass
class Measured:
    """Seconds of COPY by file, and into the bank's indexes; what each load said; the database's bytes at the end."""

    copied: dict[str, Copied]
    indexed: dict[str, Copied] = field(default_factory=dict)
    loads: dict[str, dict[str, Any]] = field(default_factory=dict)
    size: int = 0


def measured(folder: Path, rows: int, *, loads: int, profile: bool) -> Measured:
    """Load the bank, load it again, load it changed; so many of these `loads`."""
    for sequence, name in enumerate(LOADS[:loads], start=1):
        write_bank(folder / name, rows, sequence=sequence, changed=name == LOADS[-1])
    with own_database():
        for number in range(OFFICERS):
            User.objects.create_user(f"officer{number}")
        result = Measured({name: copied(folder / LOADS[0] / name) for name in MODELS})
        for name in LOADS[:loads]:
            result.loads[name] = _load(folder / name, profile=profile)
        result.indexed = {name: indexed(name) for name in MODELS}
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_database_size(current_database())")
            (result.size,) = cursor.fetchone()
    return result


def _load(folder: Path, *, profile: bool) -> dict[str, Any]:
    command = [sys.executable, "-m", "bench.feed.loading", str(folder), *(["--profile"] if profile else [])]
    variables = environment(broker_url="", email_url="") | {"DJANGO_SETTINGS_MODULE": "finpulse.settings.local"}
    said = subprocess.run(command, cwd=CHECKOUT, env=variables, check=True, stdout=subprocess.PIPE, text=True).stdout
    result: dict[str, Any] = json.loads(said)
    return result
