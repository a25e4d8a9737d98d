"""What `make run` runs: each program's name, and the command that starts it."""

import os
import secrets
import sys
from collections.abc import Callable
from dataclasses import dataclass

from finpulse.settings import env

Command = Callable[[], list[str]]


@dataclass(frozen=True)
class Program:
    """A name for the log, and what gives the command at each start."""

    name: str
    command: Command


def preparation() -> Program:
    """Give what is run once before anything serves."""
    return Program("prepare", lambda: [sys.executable, "-m", "finpulse.local.prepare"])


def servers(port: int) -> list[Program]:
    """Give what runs until Ctrl-C, the web first; the demo sign-in only where the environment names no provider."""
    programs = [
        Program("web", lambda: web(port)),
        Program("worker", worker),
        Program("beat", beat),
        Program("relay", lambda: [sys.executable, "manage.py", "relay"]),
    ]
    if not env.text("OIDC_ISSUER"):
        programs.append(Program("sign-in", lambda: [sys.executable, "-m", "finpulse.local.identity_provider"]))
    return programs


def web(port: int) -> list[str]:
    """Give the web server's command: two processes of one thread, the fastest that was measured on two cores."""
    return [
        *(sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port)),
        *("--workers", "2", "--blocking-threads", "1", "--respawn-failed-workers", "--log-level", "warning"),
        "finpulse.wsgi:application",
    ]


def worker() -> list[str]:
    """Give the worker's command, with a name that no other has: RabbitMQ refuses a second of the same name."""
    name = f"worker-{os.getpid()}-{secrets.token_hex(2)}@%h"
    return [*celery(), "worker", "-n", name, "-c", "2", "-l", "warning"]


def beat() -> list[str]:
    """Give the clock's command."""
    scheduler = "finpulse.kernel.queue.beat:SingleScheduler"
    return [*celery(), "beat", "--scheduler", scheduler, "-l", "warning", "--pidfile="]


def celery() -> list[str]:
    """Give what begins a Celery command: no banner, and no word about root, who may well be in a container."""
    return [sys.executable, "-W", "ignore:\nYou're running the worker", "-m", "celery", "-q", "-A", "finpulse"]


def environment(public_url: str) -> dict[str, str]:
    """Give the environment of every program: this process's own, with local settings."""
    return {"PUBLIC_URL": public_url, **os.environ, "DJANGO_SETTINGS_MODULE": "finpulse.settings.local"} | {
        "PYTHONUNBUFFERED": "1"
    }
