"""The kernel as a Django app."""

from django.apps import AppConfig
from django.core.checks import register


class KernelConfig(AppConfig):
    """Holds the queue's rows and the registries that apps plug into."""

    name = "finpulse.kernel"
    label = "kernel"
    verbose_name = "Operations"

    def ready(self) -> None:
        """Show the queue in the console; read the cards and panels of every app."""
        from finpulse.kernel import console, panels
        from finpulse.kernel.proposals import checks
        from finpulse.kernel.proposals import console as approvals

        console.register()
        approvals.register()
        register(checks.check_switches)
        panels.discover()
