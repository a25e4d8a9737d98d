"""Who runs the server: PostgreSQL refuses root, so a root's server is run by an unprivileged user."""

import os
import pwd
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from finpulse.local.errors import LocalServiceError


@dataclass(frozen=True)
class Account:
    """A user of this machine that is not root."""

    uid: int
    gid: int

    def options(self) -> dict[str, Any]:
        """Give the arguments with which subprocess runs a command as this user."""
        return {"user": self.uid, "group": self.gid, "extra_groups": []}

    def can_use(self, path: Path) -> bool:
        """Tell whether this user can enter a folder, or run a program."""
        return subprocess.run(["test", "-x", str(path)], cwd="/", check=False, **self.options()).returncode == 0  # noqa: S607

    def make_folder(self, path: Path) -> None:
        """Make a folder that only this user may enter."""
        path.mkdir(mode=0o700, exist_ok=True)
        os.chown(path, self.uid, self.gid)


def for_root(data: Path) -> Account | None:
    """Give the user to run as when this process is root's (the owner of existing data first), else None.

    :raises LocalServiceError: if this machine has no unprivileged user.
    """
    if os.geteuid() != 0:
        return None
    if data.exists() and (owner := data.stat()).st_uid != 0:
        return Account(owner.st_uid, owner.st_gid)
    for name in ("postgres", "nobody"):
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return Account(entry.pw_uid, entry.pw_gid)
    raise LocalServiceError("PostgreSQL does not run as root, and this machine has neither a user postgres nor nobody.")
