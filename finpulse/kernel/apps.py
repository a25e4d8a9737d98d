"""The kernel as a Django app."""

from django.apps import AppConfig


class KernelConfig(AppConfig):
    """Holds the queue's rows and the registries that apps plug into."""

    name = "finpulse.kernel"
    label = "kernel"
    verbose_name = "Operations"

    def ready(self) -> None:
        """Show the queue in the console; read the cards and panels of every app."""
        from finpulse.kernel import console, panels

        console.register()
        panels.discover()
