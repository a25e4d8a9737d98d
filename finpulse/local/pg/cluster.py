"""One PostgreSQL cluster: made, started and recovered."""

import os
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path

import psutil

from finpulse.local.disk import NO_SPACE, DiskFullError
from finpulse.local.errors import LocalServiceError
from finpulse.local.pg.account import Account
from finpulse.local.pg.binaries import Binaries
from finpulse.local.records import Record

SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "max_connections": "100",
    "shared_buffers": "256MB",
    "jit": "off",
    "timezone": "UTC",
    "log_timezone": "UTC",
}
# The first that the machine knows: both sort by code point, C alone upper-cases nothing but ASCII.
LOCALES = ("C.UTF-8", "C")
# Fast shutdown, immediate shutdown, and the kernel's own.
STOP = (signal.SIGINT, signal.SIGQUIT, signal.SIGKILL)


def written_by(data: Path) -> int | None:
    """Give the major version that wrote a cluster, or None where there is none yet."""
    try:
        return int((data / "PG_VERSION").read_text(encoding="ascii"))
    except (FileNotFoundError, NotADirectoryError):
        return None


def create(binaries: Binaries, data: Path, account: Account | None, password: str) -> None:
    """Make a cluster with the superuser finpulse_admin, whole or not at all."""
    draft = data.with_name("draft")
    with tempfile.NamedTemporaryFile("w", dir=data.parent, encoding="ascii") as file:
        file.write(password)
        file.flush()
        if account:
            os.chown(file.name, account.uid, account.gid)
        for locale in LOCALES:
            failure = _initdb(binaries, draft, account, ("--pwfile", file.name, "--locale", locale))
            if not failure:
                draft.rename(data)
                return
            if NO_SPACE in failure:
                shutil.rmtree(draft, ignore_errors=True)
                raise DiskFullError
    raise LocalServiceError(f"PostgreSQL's initdb failed: {failure}")


def command(binaries: Binaries, data: Path, port: int) -> list[str]:
    """Give the command that serves a cluster on a port of 127.0.0.1."""
    settings = [f"--{name}={value}" for name, value in (SETTINGS | {"port": str(port)}).items()]
    return [str(binaries.folder / "postgres"), "-D", str(data), *settings]


def is_ready(data: Path, pid: int) -> bool:
    """Tell whether the server with this process id has written that it takes connections."""
    lines = _pid_file(data)
    return len(lines) > 7 and lines[0] == str(pid) and lines[7].strip() == "ready"  # noqa: PLR2004 - of postmaster.pid


def clear_stale(data: Path) -> None:
    """Make way for a start: end a server of this folder that nobody wrote down, forget an id that is nobody's.

    A pid file whose process is gone is left to PostgreSQL itself, which also checks for backends that outlived it.
    """
    lines = _pid_file(data)
    if not lines or not psutil.pid_exists(int(lines[0])):
        return
    process = psutil.Process(int(lines[0]))
    if _serves(process, data):
        Record(process.pid, process.create_time(), 0).end(*STOP)
    else:
        (data / "postmaster.pid").unlink()


def _serves(process: psutil.Process, data: Path) -> bool:
    """Tell whether a process serves a cluster; one that has ended but was not collected does not."""
    try:
        return str(data) in process.cmdline()
    except psutil.NoSuchProcess:
        return False


def _initdb(binaries: Binaries, draft: Path, account: Account | None, options: tuple[str, ...]) -> str:
    """Try to make a cluster; give the reason if it fails, else nothing."""
    shutil.rmtree(draft, ignore_errors=True)
    answer = subprocess.run(
        [
            *(binaries.folder / "initdb", "-D", draft, "-U", "finpulse_admin", "--auth", "scram-sha-256"),
            *("--encoding", "UTF8", "--no-sync", "--no-instructions", *options),
        ],
        cwd=draft.parent,
        env={"LC_ALL": "C"},
        capture_output=True,
        text=True,
        check=False,
        **(account.options() if account else {}),
    )
    return answer.stderr.strip().replace("\n", " / ") if answer.returncode else ""


def _pid_file(data: Path) -> list[str]:
    try:
        return (data / "postmaster.pid").read_text(encoding="utf-8").splitlines()
    except OSError:
        return []
