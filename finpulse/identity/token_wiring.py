"""Where API tokens plug in."""

from finpulse.kernel.registries import admin_urls, role_permissions


def register() -> None:
    """Say who may have tokens, and mount the pages of one's own."""
    from finpulse.identity import token_permissions
    from finpulse.identity.admin import own_api_tokens

    role_permissions.register("identity.tokens", token_permissions.ROLES)
    admin_urls.register("identity.api_tokens", own_api_tokens.urls)
