"""Who hears of which handover."""

from __future__ import annotations

from typing import Any, Self

from django.db.models import Exists, OuterRef, Q, QuerySet


class HandoverQuerySet(QuerySet[Any]):
    """Handovers. Of one that holds a restricted customer nobody hears who does not see him."""

    def visible_to(self, user: Any) -> Self:
        """Those that he made or is to receive, that take customers from him, that go to his units' people, or all."""
        from crm.models import Customer, HandoverCustomer
        from crm.querysets import access_of
        from finpulse.identity.roles import Reach

        reach = access_of(user).reach_with("crm.view_handover")
        if not user.has_perm("crm.view_handover"):
            return self.none()
        rows = self.select_related("to_manager__unit")
        if reach not in (Reach.ALL, Reach.ALL_AND_RESTRICTED):
            given = HandoverCustomer.objects.filter(handover=OuterRef("pk"), from_manager=user.pk)
            concerned = Q(made_by=user.pk) | Q(to_manager=user.pk) | Q(Exists(given))
            if reach == Reach.UNIT:
                concerned |= Q(to_manager__unit__in=access_of(user).unit_ids)
            rows = rows.filter(concerned)
        seen = Customer.objects.visible_to(user).order_by().filter(pk=OuterRef("customer"))
        secret = HandoverCustomer.objects.filter(handover=OuterRef("pk"), customer__restricted=True)
        return rows.filter(~Exists(secret.exclude(Exists(seen))))

    def decided_by(self, user: Any) -> Self:
        """Those that he may approve or, as their receiver, refuse; the policy has the last word."""
        from crm.models import HandoverCustomer
        from crm.querysets import access_of

        access = access_of(user)
        listed = HandoverCustomer.objects.filter(handover=OuterRef("pk"))
        his = Q(to_manager=user.pk)
        if "supervisor" in access.roles:
            his |= Q(to_manager__unit__in=access.unit_ids)
        if "administrator" in access.roles:
            his |= ~Q(Exists(listed.exclude(customer__unit=OuterRef("to_manager__unit"))))
        if "compliance" in access.roles:
            his |= Q(Exists(listed.filter(customer__restricted=True)))
        return self.visible_to(user).filter(his)
