"""The supervisor with small programs: what dies is started anew, and nothing outlives it."""

import signal
import subprocess
from collections.abc import Iterator
from typing import IO

import pytest

from finpulse.local import ports
from tests.run.checkout import Checkout, gone, kill
from tests.services.wait import until

# A web that answers, a parent that leaves a child behind, and a program that cannot stay.
SUPERVISE = """
import os, sys
from finpulse.local.programs import Program
from finpulse.local.supervisor import Supervisor
python, port = sys.executable, int(sys.argv[1])
parent = (
    "import subprocess, sys, signal; print('up', flush=True);"
    "subprocess.Popen([sys.executable, '-c', 'input()'], stdin=subprocess.PIPE); signal.pause()"
)
open("healthz", "w").close()
supervisor = Supervisor(dict(os.environ))
try:
    supervisor.run(
        [
            Program("web", lambda: [python, "-m", "http.server", "--bind", "127.0.0.1", str(port)]),
            Program("parent", lambda: [python, "-c", parent]),
            Program("flaky", lambda: [python, "-c", "raise SystemExit(3)"]),
        ],
        port,
        lambda: print("ready", flush=True),
    )
finally:
    supervisor.end()
print("ended", flush=True)
"""


@pytest.fixture
def supervised(checkout: Checkout) -> Iterator[subprocess.Popen[str]]:
    """Give a supervisor whose web has answered and whose flaky program has failed once."""
    process = checkout.start("-c", SUPERVISE, str(ports.pick()))
    assert process.stdout
    _read_until(process.stdout, "ready", "parent   | up", "flaky    | ended with status 3; it starts anew in 1 s")
    yield process
    process.kill()
    process.communicate()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_everything(
    checkout: Checkout, supervised: subprocess.Popen[str], number: signal.Signals
) -> None:
    until(lambda: len(checkout.processes()) >= 4, "supervisor, web, parent and its child run")

    supervised.send_signal(number)

    output, _ = supervised.communicate(timeout=10)
    assert output.endswith("ended\n")
    assert supervised.returncode == 0
    gone(checkout, seconds=1)


def test_what_dies_is_started_anew(supervised: subprocess.Popen[str]) -> None:
    assert supervised.stdout

    _read_until(supervised.stdout, "flaky    | ended with status 3; it starts anew in 2 s")


def test_the_children_end_when_the_supervisor_is_killed(checkout: Checkout, supervised: subprocess.Popen[str]) -> None:
    kill(supervised)

    gone(checkout)


def _read_until(pipe: IO[str], *expected: str) -> None:
    """Read lines until each of those expected has come."""
    missing = set(expected)
    for line in pipe:
        missing.discard(line.rstrip("\n"))
        if not missing:
            return
    raise AssertionError(f"never said: {missing}")
