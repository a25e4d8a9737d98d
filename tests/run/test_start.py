"""What a newcomer meets when a start cannot succeed: one sentence that says what to do."""

import os
import socket
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from finpulse.local import ports
from finpulse.local.locks import FileLock
from tests.run.checkout import Checkout, clean_environment, gone


def test_a_port_in_use_is_said_in_one_sentence(checkout: Checkout) -> None:
    with socket.socket() as stranger:
        stranger.bind(("127.0.0.1", 0))
        stranger.listen()
        port = stranger.getsockname()[1]

        refused = checkout.run("-m", "finpulse.local", "run", "--port", str(port))

    assert refused.returncode == 1
    assert refused.stderr == (
        f"Port {port} of 127.0.0.1 is in use: stop what uses it, or choose another, as in: make run PORT={port + 1}\n"
    )


def test_a_second_run_of_the_same_checkout_is_refused(checkout: Checkout) -> None:
    lock = FileLock(checkout.path / "var" / "run" / "supervisor.lock")
    lock.take()

    refused = checkout.run("-m", "finpulse.local", "run")
    lock.close()

    assert refused.returncode == 1
    assert refused.stderr == f"FinPulse already runs from {checkout.path}; stop it before you start it again.\n"


@pytest.mark.parametrize("version", ["3.10.13", "3.14.0"])
def test_an_unfit_python_is_named_in_one_sentence(checkout: Checkout, tmp_path: Path, version: str) -> None:
    python = tmp_path / "python"
    python.write_text(f'#!/bin/sh\n[ "$1" = --version ] && echo Python {version} && exit\nexit 1\n')
    python.chmod(0o755)

    refused = subprocess.run(
        ["make", "run", f"PYTHON={python}"],
        cwd=checkout.path,
        env=clean_environment(),
        capture_output=True,
        text=True,
        check=False,
    )

    assert refused.returncode == 2
    sentence = refused.stderr.splitlines()[0]
    assert sentence.startswith(
        f"FinPulse needs Python 3.11, 3.12 or 3.13 with its venv module; found: {python} is {version}."
    )
    assert not (checkout.path / ".venv").exists()


def test_a_real_unfit_python_is_refused(checkout: Checkout, say: Callable[[str], None]) -> None:
    unfit = next(iter(sorted(Path.home().glob(".pyenv/versions/3.10.*/bin/python"))), None)
    if unfit is None:
        pytest.skip("this machine has no Python 3.10")

    refused = subprocess.run(
        ["make", "run", f"PYTHON={unfit}"],
        cwd=checkout.path,
        env=clean_environment(),
        capture_output=True,
        text=True,
        check=False,
    )

    sentence = refused.stderr.splitlines()[0]
    assert refused.returncode == 2
    assert sentence.startswith("FinPulse needs Python 3.11, 3.12 or 3.13 with its venv module; found: ")
    assert not (checkout.path / ".venv").exists()
    say(sentence)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can mount a small disk")
@pytest.mark.parametrize("kilobytes", [64, 20_000, 42_000])
def test_a_full_disk_is_said_in_one_sentence(
    new_checkout: Callable[[], Checkout], say: Callable[[str], None], kilobytes: int
) -> None:
    checkout = new_checkout()
    with small_disk(checkout.path / "var", kilobytes):
        refused = checkout.run("-m", "finpulse.local", "run", "--port", str(ports.pick()))
        gone(checkout)

    sentence = f"No space is left on the disk that holds {checkout.path / 'var'}: free some, then start again."
    assert refused.returncode == 1
    assert sentence in refused.stderr + refused.stdout
    assert "Traceback" not in refused.stderr + refused.stdout
    say(f"a disk of {kilobytes:,} kB: {sentence}")


@contextmanager
def small_disk(folder: Path, kilobytes: int) -> Iterator[None]:
    """Mount a disk of this size at a folder, until the end of the block."""
    folder.mkdir()
    size = ["-t", "tmpfs", "-o", f"size={kilobytes}k,mode=755", "none", str(folder)]
    if subprocess.run(["mount", *size], capture_output=True, check=False).returncode:
        pytest.skip("this machine lets nobody mount a disk")
    try:
        yield
    finally:
        subprocess.run(["umount", "--lazy", folder], check=True)


def test_help_names_every_target(checkout: Checkout) -> None:
    answer = subprocess.run(
        ["make", "--no-print-directory"], cwd=checkout.path, capture_output=True, text=True, check=True
    )

    targets = [line.split()[1] for line in answer.stdout.splitlines()]
    assert targets == ["help", "run", "test", "check", "bench"]
