"""A mail server, and messages to alice about a deposit of her customer."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.utils import timezone

from notifications.models import Message
from notifications.smtp import close_line
from notifications.tests.factories import MessageFactory
from tests.services.mail import MailServer, mail_server


@pytest.fixture(scope="session")
def running_mail() -> Iterator[MailServer]:
    """A mail server for all these tests."""
    with mail_server() as server:
        yield server


@pytest.fixture
def mail(running_mail: MailServer, settings: Any) -> Iterator[MailServer]:
    """That server, as new, and where mails go."""
    settings.EMAIL_BACKEND = "notifications.smtp.EmailBackend"
    settings.EMAIL_PORT = running_mail.port
    close_line()
    running_mail.forget()
    yield running_mail
    running_mail.forget()


@pytest.fixture
def deposit(bank: SimpleNamespace) -> Any:
    """A deposit of alice's customer that matures within a week."""
    holding = bank.holdings["own"]
    holding.kind, holding.matures_on = "TERM_DEPOSIT", timezone.localdate() + timedelta(days=7)
    holding.save(update_fields=["kind", "matures_on"])
    return holding


@pytest.fixture
def waiting(bank: SimpleNamespace, deposit: Any) -> Callable[..., Message]:
    """Write a message about that deposit which waits to be sent."""

    def write(channel: str = Message.Channel.EMAIL, **facts: Any) -> Message:
        about = {"subject_type": "crm.holding", "subject_id": deposit.pk, "customer": bank.own}
        context = {"matures_on": deposit.matures_on.isoformat(), "lead_days": 7}
        way = {"kind": "maturity", "recipient_role": "manager", "state": Message.State.WAITING, "sent_at": None}
        return MessageFactory(channel=channel, context=context, **{**about, **way, **facts})

    return write
