"""Where this app plugs into the kernel's registries."""

from finpulse.audit.sight import nameless
from finpulse.kernel.registries import api_routes, role_permissions
from notifications import navigation, permissions, tasks  # noqa: F401 - tasks registers the queue's handlers


def register() -> None:
    """Register permissions, navigation and routes."""
    from notifications.api.views import MessageViewSet

    role_permissions.register("notifications", permissions.ROLES)
    api_routes.register("notifications", MessageViewSet)
    nameless.add("notifications.message")
    navigation.register()
