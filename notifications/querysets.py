"""Messages that a user may see."""

from __future__ import annotations

from typing import Any, Self

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery

from finpulse.kernel.access import ScopedQuerySet
from finpulse.kernel.registries import subjects


class MessageQuerySet(ScopedQuerySet):
    """Messages. One's own, as far as what each is about is still in one's scope, and one's role views such rows."""

    def _inherit(self, question: str, user: Any) -> Self:
        about = Q(scope_type="")
        viewed = [(key, subject) for key, subject in subjects.items() if subject.is_viewed_by(user)]
        for key, subject in viewed:
            # EXISTS, row by row: a user has few messages, and hashing all that he sees would cost more than his page.
            about |= Q(Exists(subject.visible_to(user).order_by().filter(pk=OuterRef("scope_id"))), scope_type=key)
        return self.filter(about, recipient=user.pk)

    def in_app(self) -> Self:
        """Delivered to the console."""
        return self.filter(channel="IN_APP", state="SENT")

    def unread(self) -> Self:
        """In the console and not yet read."""
        return self.in_app().filter(read_at__isnull=True)

    def most_urgent_first(self) -> Self:
        """Unread before read; of the unread the nearest deadline first, of the read the latest read."""
        unread_first = F("read_at").desc(nulls_first=True)
        return self.order_by(unread_first, F("deadline_on").asc(nulls_last=True), "-pk")


class OutboxQuerySet(QuerySet[Any]):
    """Messages of all, for their way only."""

    def with_attempts(self) -> Self:
        """Annotate `attempt_count`, and of the last attempt `last_outcome` and `last_reason`."""
        from notifications.models import DeliveryAttempt

        last = DeliveryAttempt.objects.filter(message=OuterRef("pk")).order_by("-pk")
        return self.annotate(
            attempt_count=Count("attempts"),
            last_outcome=Subquery(last.values("outcome")[:1]),
            last_reason=Subquery(last.values("reason")[:1]),
        )
