"""Roles in the console: what each may do, what was changed of that, proposing a change."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.admin import AdminSite
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.views.decorators.http import require_safe

from finpulse.identity.actor import actor_of
from finpulse.identity.models import Role, User
from finpulse.identity.proposals.role_permission import RolePermission
from finpulse.identity.roles import ROLES
from finpulse.identity.selectors.role_matrix import Way, changes_of, role_matrix, ways_of
from finpulse.identity.selectors.role_table import sees_in_words
from finpulse.kernel.errors import DomainError
from finpulse.kernel.proposals import proposal_make
from finpulse.kernel.proposals.selectors import nobody_else_would_approve
from finpulse.kernel.proposals.words import tell_proposed

PERMISSION, LIST, PAGE = "identity.view_role", "admin:identity_roles", "admin:identity_role"
GIVE, TAKE = "+", "-"


class RoleForm(forms.Form):
    """Which permission is to be given or taken, and why."""

    change = forms.ChoiceField(label="Give or take")
    reason = forms.CharField(label="Why", max_length=500)

    def __init__(self, ways: list[Way], *args: Any, **kwargs: Any) -> None:
        """Offer what the limits of the role allow."""
        super().__init__(*args, **kwargs)
        able = [way for way in ways if not way.refusal]
        offered: Any = self.fields["change"]
        offered.choices = [("", "Choose")] + [
            (title, [(f"{sign}{way.permission}", way.words) for way in able if way.held is held])
            for title, sign, held in (("Give", GIVE, True), ("Take", TAKE, False))
        ]


def urls(site: AdminSite) -> list[URLPattern]:
    """Mount the pages beside the lists."""

    def listed(request: HttpRequest) -> HttpResponse:
        return _list(_allowed(request), site)

    def page(request: HttpRequest, object_id: int) -> HttpResponse:
        role: Any = Role.objects.filter(pk=object_id, name__in=ROLES).first()
        if role is None:
            raise Http404("no such role")
        return _page(_allowed(request), site, role)

    return [
        path("identity/role/", site.admin_view(listed), name="identity_roles"),
        path("identity/role/<int:object_id>/", site.admin_view(page), name="identity_role"),
    ]


def _allowed(request: HttpRequest) -> HttpRequest:
    if not request.user.has_perm(PERMISSION):
        raise Http404("no roles for this role")
    return request


@require_safe
def _list(request: HttpRequest, site: AdminSite) -> HttpResponse:
    keys = dict(Role.objects.values_list("name", "pk"))
    roles = [{"label": role.label, "pk": keys[name], "sees": sees_in_words(name)} for name, role in ROLES.items()]
    context = {**site.each_context(request), "title": "Roles", "roles": roles, "modules": role_matrix()}
    return TemplateResponse(request, "identity/roles.html", context)


def _page(request: HttpRequest, site: AdminSite, role: Role) -> HttpResponse:
    actor, ways = actor_of(request), ways_of(role.name)
    form = RoleForm(ways, request.POST or None) if _may_propose(actor, role) else None
    if request.method == "POST" and _is_proposed(request, form, role):
        return redirect(PAGE, role.pk)
    context = {
        **site.each_context(request),
        "title": str(role),
        "role": role,
        "sees": sees_in_words(role.name),
        "changes": changes_of(role.name),
        "refused": [way for way in ways if way.refusal],
        "form": form,
        "nobody_else": nobody_else_would_approve(RolePermission.name, actor, role) if form else "",
        "holds_it": role.name in actor.access.roles,
    }
    return TemplateResponse(request, "identity/role.html", context)


def _may_propose(actor: User, role: Role) -> bool:
    return "system_administrator" in actor.access.roles and role.name not in actor.access.roles


def _is_proposed(request: HttpRequest, form: RoleForm | None, role: Role) -> bool:
    if form is None:
        raise Http404("no such verb for this role")
    if not form.is_valid():
        return False
    change, reason = form.cleaned_data["change"], form.cleaned_data["reason"]
    payload = {"permission": change[1:], "held": change[0] == GIVE}
    facts = {"kind": RolePermission.name, "subject_id": role.pk, "payload": payload, "reason": reason}
    try:
        proposal = proposal_make(**facts, actor=actor_of(request))
    except DomainError as refusal:
        form.add_error(None, str(refusal))
        return False
    tell_proposed(request, proposal, "Proposed: another system administrator or compliance decides it.")
    return True
