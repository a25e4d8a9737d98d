"""The Pythons of this machine."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from finpulse.local.pg.account import Account

FIT = ((3, 11), (3, 12), (3, 13))
ASK = "import ensurepip, sys; print(sys.base_prefix, *sys.version_info[:2])"


@dataclass(frozen=True)
class Python:
    """A program that makes virtual environments, and its version."""

    program: Path
    version: tuple[int, int]

    def __str__(self) -> str:
        return f"Python {self.version[0]}.{self.version[1]}"


def pythons() -> list[Python]:
    """Give the fit ones, newest first: those in the PATH, those of pyenv, and the one that runs the tests."""
    named = [shutil.which(f"python{major}.{minor}", path=_path()) for major, minor in FIT]
    found = [Path(name) for name in named if name]
    found += sorted(Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv")).glob("versions/3.1[123].*/bin/python"))
    asked = [_asked(program) for program in [*found, Path(sys.executable)]]
    return sorted((python for python in asked if python), key=lambda python: python.version, reverse=True)


def another_than_ours() -> Python:
    """Give the newest of another version than the tests', or theirs where the machine has no other."""
    others = [python for python in pythons() if python.version != sys.version_info[:2]]
    return (others or pythons())[0]


def for_account(account: Account) -> Python | None:
    """Give one that another user of this machine can run."""
    return next((python for python in pythons() if account.can_use(python.program)), None)


def _asked(program: Path) -> Python | None:
    answer = subprocess.run([program, "-c", ASK], capture_output=True, text=True, check=False)
    if answer.returncode:
        return None
    prefix, major, minor = answer.stdout.rsplit(maxsplit=2)
    return Python(Path(prefix) / "bin" / f"python{major}.{minor}", (int(major), int(minor)))


def _path() -> str:
    """Give the PATH without pyenv's shims, which answer for versions that are not chosen."""
    return os.pathsep.join(folder for folder in os.environ["PATH"].split(os.pathsep) if not folder.endswith("shims"))
