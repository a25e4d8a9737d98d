"""Customers as a Django app."""

from django.apps import AppConfig


class CrmConfig(AppConfig):
    """Plugs customers into the kernel's registries."""

    name = "crm"
    verbose_name = "Customers"

    def ready(self) -> None:
        """Register permissions, the customer as a subject, grants, navigation, routes and alert kinds."""
        from crm import receivers, wiring
        from finpulse.identity.signals import roles_changed, unit_moved, user_left

        wiring.register()
        unit_moved.connect(receivers.roll_up_moved)
        user_left.connect(receivers.let_go)
        roles_changed.connect(receivers.end_grants_beyond_roles)
