"""Notifications as a Django app."""

from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    """Plugs notifications into the kernel's registries."""

    name = "notifications"
    verbose_name = "Notifications"

    def ready(self) -> None:
        """Register what this app adds."""
        from notifications import wiring

        wiring.register()
