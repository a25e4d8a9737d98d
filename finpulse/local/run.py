"""`make run`: the services, the database as this version wants it, then every process of FinPulse."""

import time

from finpulse.identity.demo_accounts import DEMO_ACCOUNTS, PASSWORD, DemoAccount
from finpulse.local import ports, programs, services
from finpulse.local.errors import LocalServiceError
from finpulse.local.locks import FileLock
from finpulse.local.state import CHECKOUT, RUN
from finpulse.local.supervisor import Supervisor

HIGHEST_PORT = 65_535


def run(port: int) -> None:
    """Run FinPulse on a port of 127.0.0.1 until a signal.

    :raises LocalServiceError: with the sentence that says why it cannot be run.
    """
    started_at = time.monotonic()
    _check_port(port)
    lock = FileLock(RUN / "supervisor.lock")
    if not lock.try_take():
        raise LocalServiceError(f"FinPulse already runs from {CHECKOUT}; stop it before you start it again.")
    supervisor = Supervisor(programs.environment(address(port)))
    try:
        with services.running():
            try:
                _serve(supervisor, port, started_at)
            finally:
                supervisor.end()
    finally:
        lock.close()


def address(port: int) -> str:
    """Give the web's address."""
    return f"http://127.0.0.1:{port}"


def welcome(port: int, seconds: float) -> str:
    """Give what a newcomer needs: the address, the demo accounts and their password."""
    accounts = "\n".join(_line(account) for account in DEMO_ACCOUNTS)
    return (
        f"\nFinPulse is ready after {seconds:.1f} s: {address(port)}\n\n{accounts}\n\n"
        f"The password of each is {PASSWORD}. Ctrl-C stops everything.\n"
    )


def _line(account: DemoAccount) -> str:
    roles = ", ".join(account.roles).replace("_", " ")
    return f"  {account.username:<8} {account.full_name:<14} {roles:<22} {account.unit}"


def _serve(supervisor: Supervisor, port: int, started_at: float) -> None:
    supervisor.run_once(programs.preparation())
    supervisor.run(
        programs.servers(port), port, lambda: print(welcome(port, time.monotonic() - started_at), flush=True)
    )


def _check_port(port: int) -> None:
    if not 1 <= port <= HIGHEST_PORT:
        raise LocalServiceError(f"PORT={port} is no port: choose one between 1 and {HIGHEST_PORT}.")
    if not ports.is_free(port):
        raise LocalServiceError(
            f"Port {port} of 127.0.0.1 is in use: stop what uses it, or choose another, as in: make run PORT={port + 1}"
        )
