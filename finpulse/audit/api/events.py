"""Events of the trail as a resource."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from rest_framework import mixins, serializers

from finpulse.audit.models import AuditEvent
from finpulse.audit.sight import shown_detail
from finpulse.audit.verbs import kind_of, words_of
from finpulse.kernel.api.filters import ScopedFilterSet
from finpulse.kernel.api.viewsets import ScopedViewSet


class EventSerializer(serializers.ModelSerializer):
    """An event: `verb` as kept and in `words`; of `detail` what you may read. `actor` null is FinPulse itself."""

    username = serializers.CharField(source="actor.username", default=None, allow_null=True)
    words = serializers.SerializerMethodField()
    kind = serializers.SerializerMethodField()
    detail = serializers.SerializerMethodField()

    class Meta:
        model = AuditEvent
        fields = (
            *("id", "at", "actor", "username", "verb", "words", "kind"),
            *("subject_type", "subject_id", "reason", "detail"),
        )
        read_only_fields = fields

    def get_words(self, event: AuditEvent) -> str:
        """The verb for people."""
        return words_of(event.verb)

    def get_kind(self, event: AuditEvent) -> str:
        """One of did, saw, exported, revealed, asked."""
        return str(kind_of(event.verb))

    def get_detail(self, event: AuditEvent) -> dict[str, Any]:
        """Keys, counts and codes; `by` is the right by which it was done."""
        return shown_detail(event, self.context["request"].user)


class EventFilters(ScopedFilterSet):
    """Who, what, about which row, when."""

    class Meta:
        model = AuditEvent
        fields = {
            "actor": ["exact"],
            "verb": ["exact"],
            "subject_type": ["exact"],
            "subject_id": ["exact"],
            "at": ["gte", "lt"],
        }


class EventViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, ScopedViewSet):
    """The audit trail, newest first, as far as your role reads it."""

    queryset = AuditEvent.objects.select_related("actor")
    serializer_class = EventSerializer
    filterset_class = EventFilters

    def get_queryset(self) -> QuerySet[AuditEvent]:
        """Leave out what the reader may not know of."""
        rows: Any = super().get_queryset()
        shown: QuerySet[AuditEvent] = rows.shown_to(self.request.user)
        return shown
