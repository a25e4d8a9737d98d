"""The page of what a colleague may do and see."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.admin import AdminSite
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.views.decorators.http import require_safe

from crm.selectors.user_access import MOST, user_access
from finpulse.audit.services import record
from finpulse.identity.actor import actor_of
from finpulse.identity.models import ApiToken, SignInSession, User
from finpulse.identity.selectors.access_told import deeds_by_module, sees_by_role, units_reached
from finpulse.identity.selectors.people import people_seen_by
from finpulse.identity.services import break_glass_is_on


def urls(site: AdminSite) -> list[URLPattern]:
    """Mount the page beside the people."""

    @transaction.atomic
    def page(request: HttpRequest, object_id: int) -> HttpResponse:
        people: Any = people_seen_by(actor_of(request))
        person = people.with_access().select_related("unit").filter(pk=object_id).first()
        if person is None:
            raise Http404("no such colleague for this user")
        return _show(request, site, person)

    return [path("identity/user/<int:object_id>/access/", site.admin_view(page), name="identity_user_access")]


@require_safe
def _show(request: HttpRequest, site: AdminSite, person: User) -> HttpResponse:
    reader = actor_of(request)
    record("identity.user.access_viewed", actor=reader, subject=person)
    context: dict[str, Any] = {
        **site.each_context(request),
        "title": f"What {person} may do and see",
        "person": person,
        "is_self": person.pk == reader.pk,
        "modules": deeds_by_module(person),
        "sees": sees_by_role(person),
        "units": units_reached(person),
        "access": user_access(person, reader=reader),
        "reader_sees": reader.has_perm("crm.view_customer"),
        "most": MOST,
        "is_break_glass": break_glass_is_on() and person.username == settings.BREAK_GLASS_USERNAME,
        "tokens": ApiToken.objects.filter(user=person, revoked_at=None, expires_at__gt=timezone.now()).count(),
        "sign_ins": SignInSession.objects.filter(user=person, ended_at__isnull=True).count(),
    }
    return TemplateResponse(request, "crm/user_access.html", context).render()
