"""The audit trail as a Django app."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class AuditConfig(AppConfig):
    """Writes looks down, and after each migration takes from the web's role what would change the trail."""

    name = "finpulse.audit"
    label = "audit"
    verbose_name = "Audit"

    def ready(self) -> None:
        """Hear the end of each migration and show the trail to those who may read it."""
        from finpulse.audit.receivers import protect_trail, record_retry
        from finpulse.audit.services import look_record
        from finpulse.kernel.looking import look_writers
        from finpulse.kernel.registries import NavigationEntry, navigation
        from finpulse.kernel.signals import queued_task_retried

        post_migrate.connect(protect_trail, sender=self)
        look_writers.register("audit", look_record)
        queued_task_retried.connect(record_retry)
        trail = NavigationEntry(
            "Audit", "Audit trail", "admin:audit_auditevent_changelist", "shield-check", "audit.view_auditevent"
        )
        navigation.register("audit", trail)
