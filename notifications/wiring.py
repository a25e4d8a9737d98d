"""Where this app plugs into the kernel's registries."""

from finpulse.kernel.registries import api_routes, role_permissions
from notifications import cards, permissions, tasks  # noqa: F401 - tasks registers the queue's handlers


def register() -> None:
    """Register permissions, navigation, the card of my day and routes."""
    from notifications.api.views import MessageViewSet

    role_permissions.register("notifications", permissions.ROLES)
    api_routes.register("notifications", MessageViewSet)
    cards.register()
