"""The style page as an app of the local settings."""

from django.apps import AppConfig


class StyleConfig(AppConfig):
    """Mounts the page; no product code knows of it."""

    name = "finpulse.local.style"
    label = "style"

    def ready(self) -> None:
        """Put it beside the console's own pages."""
        from finpulse.kernel.registries import admin_urls
        from finpulse.local.style import page

        admin_urls.register("local.style", page.urls)
