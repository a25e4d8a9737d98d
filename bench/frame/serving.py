"""One demo bank, and two webs on it: ours as `make run` starts it, and the stock admin by the same server."""

from __future__ import annotations

import os
import signal
import subprocess
import tempfile
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from finpulse.local import addresses, ports, programs
from finpulse.local.addresses import VAR
from finpulse.local.state import CHECKOUT
from tests.services.database import database_environment, manage, own_database
from tests.services.wait import until

SETTINGS = {"ours": "finpulse.settings.local", "stock": "bench.frame.stock.settings"}
# Where each console's files are collected.
FOLDERS = {name: VAR / f"bench-frame-{name}" for name in SETTINGS}
SECONDS = 60


@contextmanager
def bank(customers: int) -> Iterator[dict[str, str]]:
    """Make a bank of its own and give the environment of a process that works on it."""
    with own_database("bench_frame") as name:
        environment = programs.environment("http://127.0.0.1") | database_environment(name)
        environment |= {"REDIS_URL": addresses.redis_url(), "OIDC_ISSUER": f"http://127.0.0.1:{ports.pick()}"}
        manage("migrate", "--verbosity=0", environment=environment)
        manage("seed_demo", "--customers", str(customers), environment=environment)
        yield environment


@contextmanager
def both_consoles(environment: dict[str, str]) -> Iterator[dict[str, str]]:
    """Serve ours and the stock admin; give the address of each."""
    with ExitStack() as stack:
        consoles = {}
        for name, settings in SETTINGS.items():
            own = environment | {"DJANGO_SETTINGS_MODULE": settings, "STATIC_ROOT": str(FOLDERS[name])}
            manage("collectstatic", "--no-input", "--verbosity=0", environment=own)
            consoles[name] = stack.enter_context(_web(own))
        yield consoles


@contextmanager
def _web(environment: dict[str, str]) -> Iterator[str]:
    port = ports.pick()
    address = f"http://127.0.0.1:{port}"
    with tempfile.TemporaryDirectory() as folder:
        log = Path(folder) / "web.log"
        with log.open("wb") as output:
            process = subprocess.Popen(
                programs.web(port), cwd=CHECKOUT, env=environment, stdout=output, stderr=output, process_group=0
            )
        try:
            until(lambda: _answers(process, address), f"{environment['DJANGO_SETTINGS_MODULE']} answers", SECONDS)
            yield address
        finally:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()
            # What went wrong in a web that is measured belongs beside its figures.
            if said := log.read_text():
                print(said)


def _answers(process: subprocess.Popen[bytes], address: str) -> bool:
    if process.poll() is not None:
        raise SystemExit(f"The web ended with {process.returncode}.")
    try:
        with urllib.request.urlopen(f"{address}/healthz", timeout=2) as response:  # noqa: S310 - our own address
            return bool(response.status == 200)
    except OSError:
        return False
