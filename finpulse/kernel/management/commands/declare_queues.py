"""Declare exchanges and queues."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from finpulse.kernel.queue.doorbell import Doorbell


class Command(BaseCommand):
    """Makes the broker ready before the first worker or producer comes; harmless when repeated."""

    help = "Declare the broker's exchanges and queues; a relay does so too whenever it connects."

    def handle(self, *args: Any, **options: Any) -> None:
        """Declare and name them."""
        bell = Doorbell()
        try:
            names = bell.open()
        except Exception as error:  # the broker's clients share no root exception
            raise CommandError(f"The broker did not take the queues: {type(error).__name__}: {error}") from error
        finally:
            bell.close()
        self.stdout.write(f"Declared {', '.join(names)}.")
