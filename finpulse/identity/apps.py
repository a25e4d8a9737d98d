"""Identity as a Django app."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class IdentityConfig(AppConfig):
    """Syncs the roles after each migration, when the permissions exist."""

    name = "finpulse.identity"
    label = "identity"
    verbose_name = "People and roles"

    def ready(self) -> None:
        """Declare this app's part of the roles and hear the end of each migration."""
        from finpulse.identity import covers_console, permissions
        from finpulse.identity.api.me import MeViewSet
        from finpulse.identity.receivers import sync_roles
        from finpulse.kernel.registries import NavigationEntry, admin_urls, api_routes, navigation, role_permissions

        role_permissions.register("identity", permissions.ROLES)
        api_routes.register("me", MeViewSet)
        for name, label, url, icon, key in (
            ("users", "People", "admin:identity_user_changelist", "identification", "e"),
            ("units", "Units", "admin:identity_unit_changelist", "building-office", "u"),
        ):
            permission = f"identity.view_{name.removesuffix('s')}"
            navigation.register(name, NavigationEntry("Administration", label, url, icon, permission, key=key))
        covers = NavigationEntry(
            "My work", "Covers", "admin:identity_covers", "user-group", "identity.view_cover", key="s"
        )
        navigation.register("covers", covers)
        admin_urls.register("identity.covers", covers_console.urls)
        post_migrate.connect(sync_roles)
