"""The app."""

from django.apps import AppConfig


class PoisonConfig(AppConfig):
    """Registers the handlers."""

    name = "tests.chaos.poison"
    label = "poison"

    def ready(self) -> None:
        """Register them."""
        from tests.chaos.poison import handlers  # noqa: F401
