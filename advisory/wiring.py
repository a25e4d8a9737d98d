"""Where this app plugs into the kernel's registries."""

from advisory.admin import eligibility
from finpulse.kernel.registries import admin_urls


def register() -> None:
    """Register the page behind the panel."""
    admin_urls.register("advisory.eligibility", eligibility.urls)
