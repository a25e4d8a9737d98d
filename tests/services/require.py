"""What a part of the suite needs of the machine: skipped with a line that says so, or failed where it is required.

FINPULSE_REQUIRE names what must not be missing: rabbitmq, chromium, node, data.
"""

import shutil
from pathlib import Path

import pytest

from finpulse.settings import env

CHECKOUT = Path(__file__).resolve().parents[2]
NAMES = ("rabbitmq", "chromium", "node", "data")
# Debian's wrapper in the PATH refuses ordinary users, so the programs behind it are run.
RABBITMQ = ("/usr/lib/rabbitmq/lib/rabbitmq_server-*/sbin", "/opt/homebrew/opt/rabbitmq/sbin", "/opt/rabbitmq*/sbin")


def rabbitmq() -> Path:
    """Give the folder of RabbitMQ's programs."""
    found = [folder for pattern in RABBITMQ for folder in Path("/").glob(pattern.lstrip("/"))]
    working = [folder for folder in sorted(found, reverse=True) if (folder / "rabbitmq-server").exists()]
    return _needed("rabbitmq", working[0] if working and shutil.which("epmd") else None, "install rabbitmq-server")


def chromium() -> Path:
    """Give the browser's program."""
    return _needed("chromium", _program("chromium", "chromium-browser", "google-chrome"), "install chromium")


def node() -> Path:
    """Give Node.js."""
    return _needed("node", _program("node"), "install nodejs")


def npm() -> Path:
    """Give Node.js's package manager, which comes with it but for Debian's own package."""
    return _needed("node", _program("npm"), "install npm")


def data() -> Path:
    """Give the folder of the public data sets."""
    folder = (CHECKOUT / env.text("FINPULSE_DATA", "../shared/data")).resolve()
    return _needed("data", folder if folder.is_dir() else None, f"set FINPULSE_DATA; {folder} is no folder")


def berka_tool() -> Path:
    """Give the program that makes a feed of the Czech bank's data."""
    tool = data().parent / "tools" / "berka_to_feed.py"
    return _needed("data", tool if tool.exists() else None, f"{tool} is not there")


def _program(*names: str) -> Path | None:
    return next((Path(path) for name in names if (path := shutil.which(name))), None)


def _needed(name: str, path: Path | None, remedy: str) -> Path:
    required = env.words("FINPULSE_REQUIRE")
    if unknown := set(required) - set(NAMES):
        pytest.fail(f"FINPULSE_REQUIRE names {', '.join(sorted(unknown))}; it knows {', '.join(NAMES)}.")
    if path is not None:
        return path
    reason = f"{name} is not on this machine: {remedy}"
    if name in required:
        pytest.fail(f"{reason} (FINPULSE_REQUIRE names it)")
    pytest.skip(reason)
