"""Advice as a Django app."""

from django.apps import AppConfig


class AdvisoryConfig(AppConfig):
    """Plugs advisory into the kernel's registries."""

    name = "advisory"
    verbose_name = "Advice"

    def ready(self) -> None:
        """Register what this app adds."""
        from advisory import wiring

        wiring.register()
