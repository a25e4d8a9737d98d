"""What was sent in this run, and what was answered."""

from __future__ import annotations

import logging
import re
from dataclasses import dataclass, field

import pytest
from django.test import Client

NOTE = re.compile(r'role="alert">([^<]+)<')


@dataclass
class Tally:
    """One row per thing sent: in words, the sentence on the page, the line in the log."""

    rows: list[tuple[str, str, str]] = field(default_factory=list)

    def add(self, sent: str, page: str, line: str) -> None:
        """Keep a row."""
        self.rows.append(
            (sent, page, line.removeprefix("Sign-in failed: ").removeprefix("Back-channel logout refused: "))
        )

    def lines(self) -> list[str]:
        """Give the table, one row a line."""
        widths = [max(len(row[column]) for row in self.rows) for column in (0, 1)]
        return [
            f"sign-in: {len(self.rows)} wrong answers sent, what the page and the log said:",
            *(f"  {sent:{widths[0]}} | {page:{widths[1]}} | {log}" for sent, page, log in self.rows),
        ]


@dataclass
class Answers:
    """What was answered in one test: to the person on the sign-in page, and to the operator in the log."""

    caplog: pytest.LogCaptureFixture
    tally: Tally

    def page(self, client: Client) -> list[str]:
        """Give the sentences that the sign-in page shows."""
        return NOTE.findall(client.get("/admin/login/").content.decode())

    def log(self) -> list[str]:
        """Give the log's lines, but for Django's own about any answer of 400."""
        records = [record for record in self.caplog.records if record.name != "django.request"]
        return [record.getMessage() for record in records if record.levelno >= logging.WARNING]

    def told(self, sent: str, client: Client) -> tuple[str, str]:
        """Give the one sentence and the one line, and keep them for the table."""
        [page], [line] = self.page(client), self.log()
        self.tally.add(sent, page, line)
        return page, line
