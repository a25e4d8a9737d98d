"""The certified npm package `oidc-provider` on the loopback address, with people of a test's own."""

from __future__ import annotations

import json
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

import requests

from tests.services import require

SOURCE = Path(__file__).parent / "oidc_provider"
PINNED = ("package.json", "package-lock.json")
PROGRAM = "provider.mjs"
CLIENT_ID = "finpulse-npm"
CLIENT_SECRET = "a client secret of the npm provider"
# Nothing of a package is run while it is installed.
INSTALL = ["ci", "--omit=dev", "--ignore-scripts", "--no-audit", "--no-fund", "--prefer-offline"]


@dataclass(frozen=True)
class NpmProvider:
    """A running provider."""

    issuer: str

    def vouch(self, person: str, claims: dict[str, Any] | None) -> None:
        """Change what it says of a person; None closes his account there."""
        requests.put(f"{self.issuer}/accounts/{person}", data=json.dumps(claims), timeout=5).raise_for_status()


@contextmanager
def running(web: str, people: dict[str, dict[str, Any]]) -> Iterator[NpmProvider]:
    """Give a provider whose one client is the FinPulse at this address; a logout names the person, not his session."""
    client = {
        "client_id": CLIENT_ID,
        "client_secret": CLIENT_SECRET,
        "redirect_uris": [f"{web}/oidc/callback/"],
        "grant_types": ["authorization_code", "refresh_token"],
        "post_logout_redirect_uris": [f"{web}/admin/login/"],
        "backchannel_logout_uri": f"{web}/oidc/backchannel-logout/",
        "token_endpoint_auth_method": "client_secret_post",
        "id_token_signed_response_alg": "ES256",
    }
    command = [require.node(), PROGRAM, json.dumps({"client": client, "accounts": people})]
    process = subprocess.Popen(command, cwd=_installed(), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    try:
        issuer = process.stdout.readline().strip()
        assert issuer, "the npm provider did not start"
        yield NpmProvider(issuer)
    finally:
        process.communicate(timeout=10)


def _installed() -> Path:
    """Give a folder with the program beside its pinned packages, which are installed once for each lock file."""
    pinned = sha256(b"".join((SOURCE / name).read_bytes() for name in PINNED)).hexdigest()[:12]
    folder = require.CHECKOUT / "var" / f"oidc-provider-{pinned}"
    if not folder.exists():
        _install(folder)
    shutil.copy(SOURCE / PROGRAM, folder)
    return folder


def _install(folder: Path) -> None:
    folder.parent.mkdir(exist_ok=True)
    made = Path(tempfile.mkdtemp(dir=folder.parent))
    try:
        for name in PINNED:
            shutil.copy(SOURCE / name, made)
        subprocess.run([require.npm(), *INSTALL], cwd=made, check=True, timeout=120)
        # Whole or not there: of two runs that install at once, the second keeps what the first has put there.
        with suppress(OSError):
            made.rename(folder)
    finally:
        shutil.rmtree(made, ignore_errors=True)
