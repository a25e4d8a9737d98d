"""Where API tokens plug in."""

from finpulse.audit.verbs import register_words
from finpulse.kernel.registries import Subject, admin_urls, role_permissions, subjects


def register() -> None:
    """Say who may have tokens, what is told of them and what two people agree on, and mount the pages of one's own."""
    from finpulse.identity import token_permissions
    from finpulse.identity.admin import own_api_tokens
    from finpulse.identity.models import User
    from finpulse.identity.proposals.service_token import ServiceToken
    from finpulse.kernel.proposals import proposal_kinds

    register_words(
        {
            "identity.apitoken.made": "API token made",
            "identity.apitoken.revoked": "API token revoked",
            "identity.apitoken.offered": "Service token agreed on, to be fetched",
            "identity.apitoken.fetched": "Service token fetched, its secret shown once",
        }
    )
    role_permissions.register("identity.tokens", token_permissions.ROLES)
    subjects.register("identity.user", Subject(User, "admin:identity_user_change"))
    proposal_kinds.register(ServiceToken.name, ServiceToken())
    admin_urls.register("identity.api_tokens", own_api_tokens.urls)
