"""Identity as a Django app."""

from django.apps import AppConfig
from django.contrib.auth.signals import user_logged_in, user_logged_out
from django.core.checks import register
from django.db.models.signals import post_migrate


class IdentityConfig(AppConfig):
    """Syncs the roles after each migration, when the permissions exist; hears of each sign-in."""

    name = "finpulse.identity"
    label = "identity"
    verbose_name = "People and roles"

    def ready(self) -> None:
        """Declare this app's part of the roles and hear the end of each migration and of sign-ins."""
        from finpulse.audit.sight import administration
        from finpulse.audit.verbs import register_words
        from finpulse.identity import checks, navigation, permissions, role_wiring, token_wiring, verbs
        from finpulse.identity.admin import account, covers, people, sessions
        from finpulse.identity.api.me import MeViewSet
        from finpulse.identity.models import ClaimMapping
        from finpulse.identity.proposals.role_mapping import RoleMapping
        from finpulse.identity.receivers import end_sign_in, start_sign_in, sync_roles
        from finpulse.kernel.proposals import proposal_kinds
        from finpulse.kernel.registries import Subject, admin_urls, api_routes, role_permissions, subjects

        subjects.register("identity.claimmapping", Subject(ClaimMapping, "admin:identity_claimmapping_change"))
        proposal_kinds.register(RoleMapping.name, RoleMapping())
        role_permissions.register("identity", permissions.ROLES)
        token_wiring.register()
        role_wiring.register()
        api_routes.register("me", MeViewSet)
        administration.update(verbs.ADMINISTRATION)
        register_words(verbs.WORDS)
        navigation.register()
        admin_urls.register("identity.covers", covers.urls)
        admin_urls.register("identity.account", account.urls)
        admin_urls.register("identity.sessions", sessions.urls)
        register(checks.break_glass_settings)
        admin_urls.register("identity.people", people.urls)
        post_migrate.connect(sync_roles)
        user_logged_in.connect(start_sign_in)
        user_logged_out.connect(end_sign_in)
