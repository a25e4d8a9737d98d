"""The log of several processes on one terminal, each line led by its process's name."""

import selectors
from typing import IO

WIDTH = 8


class Log:
    """Reads the children's pipes and prints whole lines."""

    def __init__(self) -> None:
        self._selector = selectors.DefaultSelector()
        self._rests: dict[IO[bytes], bytes] = {}

    def follow(self, name: str, pipe: IO[bytes]) -> None:
        """Print what comes out of a pipe from now on."""
        self._rests[pipe] = b""
        self._selector.register(pipe, selectors.EVENT_READ, name)

    def pump(self, seconds: float) -> None:
        """Print what has come, waiting up to some seconds for the first of it."""
        for key, _events in self._selector.select(seconds):
            pipe: IO[bytes] = key.fileobj  # type: ignore[assignment]
            self._read(key.data, pipe)

    def say(self, name: str, line: str) -> None:
        """Print one line."""
        print(f"{name:<{WIDTH}} | {line}", flush=True)

    def _read(self, name: str, pipe: IO[bytes]) -> None:
        data = pipe.read(65536)
        if not data:
            self._selector.unregister(pipe)
            self._print(name, self._rests.pop(pipe).splitlines())
            pipe.close()
            return
        *lines, rest = (self._rests[pipe] + data).split(b"\n")
        self._rests[pipe] = rest
        self._print(name, lines)

    def _print(self, name: str, lines: list[bytes]) -> None:
        for line in lines:
            self.say(name, line.decode(errors="replace").rstrip())
