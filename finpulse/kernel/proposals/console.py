"""Approvals in the console: what waits for one, what one has proposed, what was decided; deciding and withdrawing."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import messages
from django.contrib.admin import AdminSite
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.views.decorators.http import require_POST, require_safe

from finpulse.kernel.errors import DomainError
from finpulse.kernel.looking import Look
from finpulse.kernel.looking import tell as tell_look
from finpulse.kernel.proposals import selectors
from finpulse.kernel.proposals.deciding import proposal_approve, proposal_refuse
from finpulse.kernel.proposals.kinds import proposal_kinds
from finpulse.kernel.proposals.making import proposal_withdraw
from finpulse.kernel.proposals.models import Proposal
from finpulse.kernel.registries import NavigationEntry, Subject, admin_urls, navigation, subjects

PERMISSION = "kernel.view_proposal"
LIST, PAGE = "admin:kernel_proposals", "admin:kernel_proposal"
COUNTED = 99
# What a button does, and what is said when that is done.
VERBS: dict[str, tuple[Callable[..., Proposal], str]] = {
    "approve": (proposal_approve, "Approved"),
    "refuse": (proposal_refuse, "Refused"),
    "withdraw": (proposal_withdraw, "Withdrawn"),
}


def register() -> None:
    """Mount the pages, and put the line in the navigation with how many wait for the user."""
    entry = NavigationEntry("My work", "Approvals", LIST, "hand-thumb-up", PERMISSION, count=_waiting, key="v")
    navigation.register("proposals", entry, weight=40)
    admin_urls.register("kernel.proposals", urls)
    subjects.register("kernel.proposal", Subject(Proposal, PAGE))


def urls(site: AdminSite) -> list[URLPattern]:
    """Give the list, the page of one, and a verb's address each."""
    verbs = [
        path(
            f"kernel/proposal/<int:object_id>/{verb}/",
            site.admin_view(partial(_in_scope, require_POST(partial(_decide, verb=verb)))),
            name=f"kernel_proposal_{verb}",
        )
        for verb in VERBS
    ]
    return [
        path("kernel/proposal/", site.admin_view(partial(_list, site=site)), name="kernel_proposals"),
        path(
            "kernel/proposal/<int:object_id>/",
            site.admin_view(partial(_in_scope, require_safe(partial(_page, site=site)))),
            name="kernel_proposal",
        ),
        *verbs,
    ]


def _waiting(request: HttpRequest) -> QuerySet[Proposal] | int:
    if not len(proposal_kinds.items()):
        return 0
    return Proposal.objects.waiting_for(request.user).order_by()[:COUNTED]


@require_safe
def _list(request: HttpRequest, site: AdminSite) -> HttpResponse:
    if not request.user.has_perm(PERMISSION):
        raise Http404("no proposals for this role")
    parts = {
        "waiting": selectors.proposals_waiting_for(request.user),
        "own": selectors.proposals_of(request.user),
        "others": selectors.proposals_with_others(request.user),
        "decided": selectors.proposals_decided(request.user),
    }
    counts = {name: len(lines) for name, lines in parts.items()}
    tell_look(Look("kernel.proposal.listed", request.user, detail=counts))
    context = {**site.each_context(request), "title": "Approvals", "most": selectors.MOST, **parts}
    return TemplateResponse(request, "kernel/proposals.html", context)


def _in_scope(view: Callable[..., HttpResponse], request: HttpRequest, object_id: int) -> HttpResponse:
    """Hand the proposal on if its subject is in the user's scope; 404 otherwise, for every method."""
    shown = selectors.proposal_shown(object_id, request.user)
    if shown is None:
        raise Http404("no such proposal in scope")
    return view(request, shown)


def _page(request: HttpRequest, shown: selectors.Shown, site: AdminSite) -> HttpResponse:
    proposal = shown.proposal
    key, detail = (proposal.subject_type, proposal.subject_id), {"proposal": proposal.pk}
    tell_look(Look("kernel.proposal.viewed", request.user, *key, detail=detail))
    context = {**site.each_context(request), "title": shown.kind.label, "shown": shown, "proposal": proposal}
    return TemplateResponse(request, "kernel/proposal.html", context)


def _decide(request: HttpRequest, shown: selectors.Shown, verb: str) -> HttpResponse:
    service, done = VERBS[verb]
    try:
        proposal = service(proposal_id=shown.proposal.pk, actor=request.user, reason=request.POST.get("reason", ""))
        messages.success(request, _told(done, proposal, shown))
    except DomainError as refusal:
        messages.error(request, str(refusal))
    return _back(request, shown)


def _told(done: str, proposal: Proposal, shown: selectors.Shown) -> str:
    later = proposal.state == Proposal.State.APPROVED and proposal.applied_at is None
    when = f" It is done on {proposal.effective_on:%-d %B %Y}." if later and proposal.effective_on else ""
    return f"{done}: {shown.kind.label.lower()}.{when}"


def _back(request: HttpRequest, shown: selectors.Shown) -> HttpResponse:
    """Lead to the proposal, or to the list where deciding it has put it out of the user's scope."""
    seen: Any = Proposal.objects.visible_to(request.user).filter(pk=shown.proposal.pk)
    return redirect(PAGE, shown.proposal.pk) if seen.exists() else redirect(LIST)
