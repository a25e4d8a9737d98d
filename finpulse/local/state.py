"""var/local.json: the ports and generated secrets of this checkout, made once and kept."""

import base64
import json
import os
import secrets
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Literal, TypedDict

from finpulse.local import locks, ports
from finpulse.local.errors import LocalServiceError

CHECKOUT = Path(__file__).resolve().parents[2]
VAR = CHECKOUT / "var"
RUN = VAR / "run"

Service = Literal["postgres", "valkey", "issuer"]
SERVICES: tuple[Service, ...] = ("postgres", "valkey", "issuer")


class State(TypedDict):
    """What var/local.json holds."""

    ports: dict[str, int]
    secrets: dict[str, str]


@cache
def port(service: Service) -> int:
    """Give the port of a local service, free or served by this checkout when this process first asked."""
    return _ports()[service]


@cache
def secret(name: str) -> str:
    """Give 32 random bytes in URL-safe base64 (fit as a password or a Fernet key), the same at every call."""
    return _update(lambda state: _with_secret(state, name))["secrets"][name]


def record_path(service: Service) -> Path:
    """Say where the process that serves a service is written down."""
    return RUN / f"{service}.json"


@cache
def _ports() -> dict[str, int]:
    return _update(_with_ports)["ports"]


def _with_ports(state: State) -> None:
    for service in SERVICES:
        known = state["ports"].get(service)
        if known is None or _is_strangers(service, known):
            state["ports"][service] = ports.pick(state["ports"].values())


def _is_strangers(service: Service, number: int) -> bool:
    """Tell whether something else than our own server listens there."""
    if ports.is_free(number):
        return False
    from finpulse.local import records

    record = records.read(record_path(service))
    return record is None or record.port != number


def _with_secret(state: State, name: str) -> None:
    state["secrets"].setdefault(name, base64.urlsafe_b64encode(secrets.token_bytes(32)).decode())


def _update(change: Callable[[State], None]) -> State:
    """Apply a change to the file and give what it holds then; processes that do so at once take turns."""
    try:
        with locks.alone(RUN / "state.lock"):
            state = _read()
            before = json.dumps(state)
            change(state)
            if json.dumps(state) != before:
                _write(state)
            return state
    except PermissionError as error:
        message = f"{error.filename} belongs to another user: run as that user, or as root, or delete {VAR}."
        raise LocalServiceError(message) from error


def _read() -> State:
    try:
        state: State = json.loads((VAR / "local.json").read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {"ports": {}, "secrets": {}}
    return state


def _write(state: State) -> None:
    draft = RUN / "local.json.new"
    draft.unlink(missing_ok=True)
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
        json.dump(state, file, indent=2)
    draft.replace(VAR / "local.json")
