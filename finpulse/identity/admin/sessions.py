"""Where somebody is signed in: one's own sign-ins from the user menu, anybody's from his page under People."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.admin import AdminSite
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from finpulse.identity import policies
from finpulse.identity.actor import actor_of
from finpulse.identity.agents import agent_in_words
from finpulse.identity.models import SignInSession, User
from finpulse.identity.selectors.sign_ins import MOST_SIGN_INS, sign_ins_running
from finpulse.identity.services import session_end, sessions_end_of

OWN = "admin:identity_my_sessions"
OF_USER = "admin:identity_user_sessions"


def urls(site: AdminSite) -> list[URLPattern]:
    """Mount the pages beside the lists."""

    def own(request: HttpRequest) -> HttpResponse:
        return _page(request, site, actor_of(request), "identity/my_sessions.html", "My sign-ins")

    def of_user(request: HttpRequest, object_id: int) -> HttpResponse:
        user = _user(request, object_id)
        return _page(request, site, user, "identity/user_sessions.html", f"Sign-ins of {user}")

    def end_others(request: HttpRequest) -> HttpResponse:
        return _end_all(request, actor_of(request), OWN)

    def end_of_user(request: HttpRequest, object_id: int) -> HttpResponse:
        return _end_all(request, _user(request, object_id), OF_USER, object_id)

    def end(request: HttpRequest, object_id: int) -> HttpResponse:
        return _end(request, get_object_or_404(SignInSession.objects.select_related("user"), pk=object_id))

    own_place, user_place = "identity/signinsession/", "identity/user/<int:object_id>/sessions/"
    return [
        path(own_place, site.admin_view(require_safe(own)), name="identity_my_sessions"),
        path(f"{own_place}others/end/", site.admin_view(require_POST(end_others)), name="identity_sessions_end"),
        path(f"{own_place}<int:object_id>/end/", site.admin_view(end), name="identity_session_end"),
        path(user_place, site.admin_view(of_user), name="identity_user_sessions"),
        path(f"{user_place}end/", site.admin_view(end_of_user), name="identity_user_sessions_end"),
    ]


def _user(request: HttpRequest, object_id: int) -> User:
    """Give the user whose sign-ins are asked for by whoever keeps the users; nobody else learns who there is."""
    if not request.user.has_perm("identity.view_signinsession"):
        raise Http404("not for this role")
    return get_object_or_404(User, pk=object_id)


@require_safe
def _page(request: HttpRequest, site: AdminSite, user: User, template: str, title: str) -> HttpResponse:
    here = _here(request)
    found = list(sign_ins_running(user, now=timezone.now())[: MOST_SIGN_INS + 1])
    rows = [
        {"sign_in": row, "agent": agent_in_words(row.agent), "here": row.pk == here} for row in found[:MOST_SIGN_INS]
    ]
    context = {
        **site.each_context(request),
        "title": title,
        "whose": user,
        "rows": rows,
        "most": MOST_SIGN_INS if len(found) > MOST_SIGN_INS else 0,
        "others": sum(not row["here"] for row in rows),
        "may_end": policies.may_end_sessions_of(actor_of(request), user),
    }
    return TemplateResponse(request, template, context)


@require_POST
def _end_all(request: HttpRequest, user: User, leads_to: str, *about: Any) -> HttpResponse:
    ended = sessions_end_of(user=user, actor=actor_of(request), but=_here(request), now=timezone.now())
    if ended:
        messages.success(request, f"{ended} sign-in{'' if ended == 1 else 's'} ended.")
    else:
        messages.info(request, "There was no other sign-in to end.")
    return redirect(leads_to, *about)


def _end(request: HttpRequest, sign_in: SignInSession) -> HttpResponse:
    actor = actor_of(request)
    if not policies.may_end_sessions_of(actor, sign_in.user):
        raise Http404("no such sign-in for this user")
    return _post_end(request, sign_in, actor)


@require_POST
def _post_end(request: HttpRequest, sign_in: SignInSession, actor: User) -> HttpResponse:
    if session_end(sign_in_id=sign_in.pk, actor=actor, now=timezone.now()):
        messages.success(request, f"The sign-in by {agent_in_words(sign_in.agent)} ended.")
    else:
        messages.info(request, "That sign-in had ended already.")
    own = sign_in.user_id == actor.pk
    return redirect(reverse(OWN) if own else reverse(OF_USER, args=[sign_in.user_id]))


def _here(request: HttpRequest) -> int | None:
    sign_in = getattr(request.session, "sign_in", None)
    return None if sign_in is None else int(sign_in.pk)
