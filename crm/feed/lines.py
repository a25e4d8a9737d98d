"""The physical lines of a file, numbered from one, with a fingerprint of all that is read."""

from __future__ import annotations

import hashlib
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from crm.feed.refusals import FeedLoadRefused

LONGEST = 64 * 1024
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True)
class Line:
    """A line as read (`raw`) and without its end (`text`). Bytes that are no UTF-8 stand there as lone surrogates."""

    number: int
    raw: str
    text: str
    fault: str = ""


class Lines:
    """Takes line after line; some may be given back. No line is held that is longer than 64 KiB."""

    def __init__(self, path: Path) -> None:
        """Open the file. :raises FeedLoadRefused: when it cannot be opened."""
        try:
            self._file = path.open("rb")
        except OSError as error:
            raise FeedLoadRefused(f"{path.name} cannot be read: {error.strerror}.") from error
        self._hash = hashlib.sha256()
        self._back: deque[Line] = deque()
        self._number = 0
        self.bytes_read = 0

    @property
    def sha256(self) -> str:
        """The fingerprint of what is read so far."""
        return self._hash.hexdigest()

    def take(self) -> Line | None:
        """Give the next line, or None at the end."""
        if self._back:
            return self._back.popleft()
        piece = self._read()
        if not piece:
            return None
        self._number += 1
        if self._number == 1:
            piece = piece.removeprefix(_BYTE_ORDER_MARK)
        if len(piece) == LONGEST and not piece.endswith(b"\n"):
            self._skip_line()
            return Line(self._number, "", "", f"The line is longer than {LONGEST // 1024} KiB.")
        raw = piece.decode("utf-8", "surrogateescape")
        return Line(self._number, raw, raw.rstrip("\r\n"))

    def give_back(self, lines: Iterable[Line]) -> None:
        """Have these come again, the first of them first."""
        self._back.extendleft(reversed(list(lines)))

    def close(self) -> None:
        """Close the file."""
        self._file.close()

    def _read(self) -> bytes:
        piece = self._file.readline(LONGEST)
        self._hash.update(piece)
        self.bytes_read += len(piece)
        return piece

    def _skip_line(self) -> None:
        while (piece := self._read()) and not piece.endswith(b"\n"):
            pass
