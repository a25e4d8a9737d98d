"""Where this app plugs into the kernel's registries."""

from advisory import panels
from advisory.admin import eligibility
from finpulse.kernel.registries import admin_urls


def register() -> None:
    """Register the panel on the customer page and the page behind it."""
    panels.register()
    admin_urls.register("advisory.eligibility", eligibility.urls)
