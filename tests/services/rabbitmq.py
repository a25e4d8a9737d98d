"""A private RabbitMQ node: own home, cookie, name, data, ports and port mapper, on 127.0.0.1 only."""

import os
import secrets
import shutil
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from kombu import Connection

from finpulse.local import ports
from tests.services import require
from tests.services.wait import until

CONFIGURATION = """\
listeners.tcp.local = 127.0.0.1:{port}
disk_free_limit.absolute = 50MB
log.console = false
default_user = finpulse
default_pass = {password}
"""


class RabbitNode:
    """One node, which may be stopped, killed, frozen and started again over the same data."""

    def __init__(self, programs: Path, folder: Path) -> None:
        self._programs = programs
        self._folder = folder
        self._port, self._distribution, self._mapper = ports.pick(), ports.pick(), ports.pick()
        password = secrets.token_hex(16)
        self.url = f"amqp://finpulse:{password}@127.0.0.1:{self._port}//"
        self._environment = _environment(folder, self._port, self._distribution, self._mapper)
        self._process: subprocess.Popen[bytes] | None = None
        _lay(folder, CONFIGURATION.format(port=self._port, password=password))

    def start(self) -> None:
        """Start the node and wait until it takes connections."""
        with (self._folder / "node.log").open("ab") as log:
            self._process = subprocess.Popen(
                [self._programs / "rabbitmq-server"],
                cwd=self._folder,
                env=self._environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        until(self.answers, "RabbitMQ takes connections", seconds=120)

    def answers(self) -> bool:
        """Tell whether the node takes connections."""
        assert self._process is None or self._process.poll() is None, (self._folder / "node.log").read_text()
        try:
            with Connection(self.url, connect_timeout=2) as connection:
                connection.connect()
        except (OSError, *Connection(self.url).connection_errors):
            return False
        return True

    def stop(self) -> None:
        """End the node politely; messages that are durable stay."""
        self._end(signal.SIGTERM)

    def kill(self) -> None:
        """End the node at once."""
        self._end(signal.SIGKILL)

    def freeze(self) -> None:
        """Let the node stand still: its port takes connections, nobody answers."""
        self._signal(signal.SIGSTOP)

    def thaw(self) -> None:
        """Let a frozen node go on."""
        self._signal(signal.SIGCONT)

    def control(self, *arguments: str) -> str:
        """Run rabbitmqctl on this node and give what it prints."""
        command = [self._programs / "rabbitmqctl", *arguments]
        answer = subprocess.run(command, env=self._environment, capture_output=True, text=True, check=True)
        return answer.stdout

    def _signal(self, number: signal.Signals) -> None:
        assert self._process is not None
        os.killpg(self._process.pid, number)

    def _end(self, number: signal.Signals) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGCONT)
            os.killpg(process.pid, number)
        try:
            process.wait(20)
        finally:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()

    @contextmanager
    def port_mapper(self) -> Iterator[None]:
        """Have an epmd of our own, so that none is left behind and the machine's is not asked."""
        program = shutil.which("epmd")
        assert program
        command = [program, "-port", str(self._mapper), "-address", "127.0.0.1"]
        process = subprocess.Popen(command, cwd=self._folder, start_new_session=True)
        try:
            until(lambda: not ports.is_free(self._mapper), "epmd listens")
            yield
        finally:
            process.terminate()
            process.wait()


@contextmanager
def rabbitmq_node(folder: Path) -> Iterator[RabbitNode]:
    """Run a private node over a folder for the duration of the block; its address is `.url`."""
    node = RabbitNode(require.rabbitmq(), folder)
    with node.port_mapper():
        try:
            node.start()
            yield node
        finally:
            node.stop()


def _lay(folder: Path, configuration: str) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "rabbitmq.conf").write_text(configuration, encoding="utf-8")
    (folder / "enabled_plugins").write_text("[].\n", encoding="utf-8")
    cookie = folder / ".erlang.cookie"
    cookie.write_text(secrets.token_hex(20), encoding="ascii")
    cookie.chmod(0o400)


def _environment(folder: Path, port: int, distribution: int, mapper: int) -> dict[str, str]:
    return {
        "PATH": os.defpath,
        "LANG": "C.UTF-8",
        "HOME": str(folder),
        "RABBITMQ_NODENAME": f"finpulse-{port}@localhost",
        "RABBITMQ_NODE_PORT": str(port),
        "RABBITMQ_NODE_IP_ADDRESS": "127.0.0.1",
        "RABBITMQ_DIST_PORT": str(distribution),
        "RABBITMQ_CONFIG_FILE": str(folder / "rabbitmq.conf"),
        "RABBITMQ_CONF_ENV_FILE": str(folder / "no-environment"),
        "RABBITMQ_ADVANCED_CONFIG_FILE": str(folder / "no-advanced.config"),
        "RABBITMQ_ENABLED_PLUGINS_FILE": str(folder / "enabled_plugins"),
        "RABBITMQ_GENERATED_CONFIG_DIR": str(folder / "generated"),
        "RABBITMQ_MNESIA_BASE": str(folder / "mnesia"),
        "RABBITMQ_LOG_BASE": str(folder / "log"),
        "RABBITMQ_PID_FILE": str(folder / "pid"),
        "RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS": "-kernel inet_dist_use_interface {127,0,0,1}",
        "ERL_EPMD_PORT": str(mapper),
        "ERL_EPMD_ADDRESS": "127.0.0.1",
    }
