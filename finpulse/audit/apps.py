"""The audit trail as a Django app."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class AuditConfig(AppConfig):
    """Takes UPDATE, DELETE and TRUNCATE on the trail away from the web's role after each migration."""

    name = "finpulse.audit"
    label = "audit"
    verbose_name = "Audit"

    def ready(self) -> None:
        """Hear the end of each migration and show the trail to those who may read it."""
        from finpulse.audit.receivers import protect_trail
        from finpulse.kernel.registries import NavigationEntry, navigation

        post_migrate.connect(protect_trail, sender=self)
        trail = NavigationEntry(
            "Audit", "Audit trail", "admin:audit_auditevent_changelist", "shield-check", "audit.view_auditevent"
        )
        navigation.register("audit", trail)
