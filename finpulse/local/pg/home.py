"""The folder of the cluster: var/postgres, or one in the temporary folder where the server cannot reach var/."""

import hashlib
import os
import tempfile
from pathlib import Path

from finpulse.local.errors import LocalServiceError
from finpulse.local.pg.account import Account
from finpulse.local.state import CHECKOUT, VAR

LINK = VAR / "postgres"


def find() -> Path:
    """Give the cluster's folder as an earlier start left it, without making it."""
    outside = temporary()
    return outside / "cluster" if LINK.is_symlink() and LINK.readlink() == outside / "cluster" else LINK


def make(account: Account | None) -> Path:
    """Make the cluster's folder, owned by whoever runs the server, and give it."""
    VAR.mkdir(parents=True, exist_ok=True)
    if account is None:
        _refuse_anothers()
        _unlink_link()
        LINK.mkdir(mode=0o700, exist_ok=True)
        return LINK
    if account.can_use(VAR):
        _unlink_link()
        account.make_folder(LINK)
        return LINK
    folder = trusted_temporary() / "cluster"
    account.make_folder(folder)
    _unlink_link()
    LINK.symlink_to(folder)
    return folder


def temporary() -> Path:
    """Name this checkout's folder in the system's temporary folder."""
    digest = hashlib.sha256(str(CHECKOUT).encode()).hexdigest()[:16]
    return Path(tempfile.gettempdir()) / f"finpulse-{os.geteuid()}-{digest}"


def trusted_temporary() -> Path:
    """Make that folder and give it; anyone may enter, nobody else may write.

    :raises LocalServiceError: if somebody else has made it.
    """
    folder = temporary()
    folder.mkdir(mode=0o755, exist_ok=True)
    status = folder.lstat()
    if folder.is_symlink() or status.st_uid != os.geteuid() or status.st_mode & 0o022:
        raise LocalServiceError(f"{folder} was made by another user; delete it and start again.")
    folder.chmod(0o755)
    return folder


def _refuse_anothers() -> None:
    if LINK.exists() and LINK.stat().st_uid != os.geteuid():
        raise LocalServiceError(
            f"{LINK} belongs to another user: run as root, or delete it to start with an empty database."
        )


def _unlink_link() -> None:
    if LINK.is_symlink():
        LINK.unlink()
