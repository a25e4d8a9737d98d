"""FinPulse as `make run` starts it, with a broker and a mail server of its own, and what can befall it."""

from __future__ import annotations

import os
import signal
import subprocess
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import requests

from finpulse.local import ports
from tests.chaos.processes import Processes, environment
from tests.services.mail import MailServer, mail_server
from tests.services.rabbitmq import rabbitmq_node
from tests.services.valkey import valkey_node
from tests.services.wait import until

NODES = {"rabbitmq": rabbitmq_node, "valkey": valkey_node}
FROZEN_SECONDS = 10.0


class House:
    """Everything that runs. Whoever is found dead is started again, as the supervisor does, and counted."""

    def __init__(self, processes: Processes, broker: Any, mail: MailServer, workers: int) -> None:
        self.broker = broker
        self.mail = mail
        self.processes = processes
        self.revived = 0
        port = ports.pick()
        self.address = f"http://127.0.0.1:{port}"
        self._makers: dict[str, Callable[[], subprocess.Popen[bytes]]] = {
            "relay": processes.relay,
            **{f"worker{number or ''}": processes.worker for number in range(workers)},
            "beat": processes.beat,
            "web": lambda: processes.web(port),
        }
        self._running = {name: make() for name, make in self._makers.items()}
        until(self._answers, "the web answers", 60)

    def revive(self) -> None:
        """Start again what died by itself."""
        for name, process in self._running.items():
            if process.poll() is not None:
                self.revived += 1
                self._begin(name)

    def befall(self, name: str, fault: str) -> None:
        """Kill, freeze for ten seconds, or restart a process or the broker; returns when it runs again."""
        if name == "broker":
            BROKER[fault](self.broker)
        else:
            PROCESS[fault](self, name)

    def kill(self, name: str) -> None:
        """End a process and its children at once and start it again."""
        self.processes.kill(self._running[name])
        self._begin(name)

    def freeze(self, name: str) -> None:
        """Let a process and its children stand still for a while."""
        group = self._running[name].pid
        os.killpg(group, signal.SIGSTOP)
        pause(FROZEN_SECONDS)
        os.killpg(group, signal.SIGCONT)

    def restart(self, name: str) -> None:
        """Ask a process to end and start it again once it has."""
        self.processes.stop(self._running[name])
        self._begin(name)

    def _begin(self, name: str) -> None:
        self._running[name] = self._makers[name]()

    def _answers(self) -> bool:
        try:
            return requests.get(f"{self.address}/healthz", timeout=2).ok
        except requests.RequestException:
            return False


def pause(seconds: float) -> None:
    """Wait."""
    threading.Event().wait(seconds)


def _kill_broker(node: Any) -> None:
    node.kill()
    node.start()


def _freeze_broker(node: Any) -> None:
    node.freeze()
    pause(FROZEN_SECONDS)
    node.thaw()


def _restart_broker(node: Any) -> None:
    node.stop()
    node.start()


BROKER = {"killed": _kill_broker, "frozen": _freeze_broker, "restarted": _restart_broker}
PROCESS = {"killed": House.kill, "frozen": House.freeze, "restarted": House.restart}


@contextmanager
def house(broker: str, folder: Path, workers: int) -> Iterator[House]:
    """Run everything for the duration of the block."""
    for name in ("node", "logs"):
        (folder / name).mkdir()
    with NODES[broker](folder / "node") as node, mail_server() as mail:
        processes = Processes(environment(broker_url=node.url, email_url=mail.url), folder / "logs")
        try:
            yield House(processes, node, mail, workers)
        finally:
            processes.end()
