"""Run the relay."""

import signal
from threading import Event
from typing import Any

from django.core.management.base import BaseCommand

from finpulse.kernel.queue.doorbell import Doorbell
from finpulse.kernel.queue.relay import relay_forever


class Command(BaseCommand):
    """Carries queued rows to the broker until SIGTERM or Ctrl-C."""

    help = "Carry queued tasks to the broker, and ring again for those left behind, until stopped."

    def handle(self, *args: Any, **options: Any) -> None:
        """Relay until a signal asks to stop."""
        stop = Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stop.set())
        relay_forever(Doorbell(), stopped=stop.is_set)
