"""Where this app plugs into the kernel's registries."""

from advisory.admin import eligibility
from finpulse.audit.verbs import Kind, Words, register_words
from finpulse.kernel.registries import admin_urls


def register() -> None:
    """Register the page behind the panel, and what the trail calls asking it."""
    admin_urls.register("advisory.eligibility", eligibility.urls)
    register_words({"advisory.eligibility.viewed": Words("Asked what he may apply for", Kind.ASKED)})
