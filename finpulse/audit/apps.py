"""The audit trail as a Django app."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate

WORDS = {
    "audit.trail.verified": "Trail verified",
    "audit.auditevent.exported": "Audit trail exported",
    "kernel.my_day.viewed": "My day looked at",
    "kernel.queuedtask.retried": "Given-up work tried again",
}


class AuditConfig(AppConfig):
    """Writes looks down, and after each migration leaves the web's role to add and read what is only ever added."""

    name = "finpulse.audit"
    label = "audit"
    verbose_name = "Audit"

    def ready(self) -> None:
        """Hear the end of each migration and show the trail to those who may read it."""
        from finpulse.audit.admin import chain
        from finpulse.audit.api.events import EventViewSet
        from finpulse.audit.models import AuditEvent, AuditSeal
        from finpulse.audit.receivers import protect_append_only, record_proposal, record_retry
        from finpulse.audit.services import look_record
        from finpulse.audit.verbs import register_words
        from finpulse.kernel.looking import look_writers
        from finpulse.kernel.registries import NavigationEntry, admin_urls, api_routes, append_only, navigation
        from finpulse.kernel.signals import proposal_told, queued_task_retried

        post_migrate.connect(protect_append_only, sender=self)
        queued_task_retried.connect(record_retry)
        proposal_told.connect(record_proposal)
        look_writers.register("audit", look_record)
        register_words(WORDS)
        api_routes.register("audit-events", EventViewSet)
        admin_urls.register("audit.chain", chain.urls)
        append_only.register("audit.event", AuditEvent)
        append_only.register("audit.seal", AuditSeal)
        trail = NavigationEntry(
            "Audit",
            "Audit trail",
            "admin:audit_auditevent_changelist",
            "shield-check",
            "audit.view_auditevent",
            key="a",
        )
        navigation.register("audit", trail)
