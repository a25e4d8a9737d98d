"""The physical lines of a file, numbered from one, with a fingerprint of all that is read."""

from __future__ import annotations

import hashlib
import re
from collections import deque
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from crm.feed.refusals import FeedLoadRefused

LONGEST = 64 * 1024
BLOCK = 4 * LONGEST
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_CONTROLS = bytes({*range(32), 127} - {*b"\r\n"})
_MORE_CONTROLS = re.compile(b"\xc2[\x80-\x9f]")


class Line(NamedTuple):
    """A line as read (`raw`) and without its end (`text`). Bytes that are no UTF-8 stand there as lone surrogates.

    `clean`: it is known to hold neither these nor control characters.
    """

    number: int
    raw: str
    text: str
    fault: str
    clean: bool


class Lines:
    """Takes line after line; some may be given back. No line is held that is longer than 64 KiB."""

    def __init__(self, path: Path) -> None:
        """Open the file. :raises FeedLoadRefused: when it cannot be opened."""
        try:
            self._file = path.open("rb")
        except OSError as error:
            raise FeedLoadRefused(f"{path.name} cannot be read: {error.strerror}.") from error
        self._hash = hashlib.sha256()
        self._coming: deque[Line] = deque()
        self._number = 0
        self._rest = b""
        self.bytes_read = 0

    @property
    def sha256(self) -> str:
        """The fingerprint of what is read so far: of the file once no line is left."""
        return self._hash.hexdigest()

    def take(self) -> Line | None:
        """Give the next line, or None at the end."""
        if not self._coming:
            self._read_lines()
        return self._coming.popleft() if self._coming else None

    def give_back(self, lines: Iterable[Line]) -> None:
        """Have these come again, the first of them first."""
        self._coming.extendleft(reversed(list(lines)))

    def close(self) -> None:
        """Close the file."""
        self._file.close()

    def _read_lines(self) -> None:
        block = self._rest
        while b"\n" not in block and (piece := self._read()):
            # More of a line that is too long need not be held.
            block = block[: LONGEST + 1] + piece
        end = block.rfind(b"\n") + 1 or len(block)
        self._rest = block[end:]
        if block:
            self._split(block[:end] if self._number else block[:end].removeprefix(_BYTE_ORDER_MARK))

    def _split(self, block: bytes) -> None:
        text, clean = _decoded(block)
        texts = text.removesuffix("\n").split("\n")
        longest = max(map(len, block.split(b"\n"))) >= LONGEST
        for raw in texts:
            self._number += 1
            if longest and len(raw.encode("utf-8", "surrogateescape")) >= LONGEST:
                line = Line(self._number, "", "", f"The line is longer than {LONGEST // 1024} KiB.", clean=False)
            else:
                line = Line(self._number, f"{raw}\n", raw.rstrip("\r"), "", clean)
            self._coming.append(line)

    def _read(self) -> bytes:
        piece = self._file.read(BLOCK)
        self._hash.update(piece)
        self.bytes_read += len(piece)
        return piece


def _decoded(block: bytes) -> tuple[str, bool]:
    """Give the text, and whether it is UTF-8 without control characters but those that end lines."""
    try:
        text, clean = block.decode(), True
    except UnicodeDecodeError:
        text, clean = block.decode("utf-8", "surrogateescape"), False
    ends = block.count(b"\r") == block.count(b"\r\n")
    clean = clean and ends and len(block.translate(None, _CONTROLS)) == len(block)
    return text, clean and not _MORE_CONTROLS.search(block)
