"""What the identity provider's claims give, and proposing another."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html

from finpulse.identity import policies
from finpulse.identity.actor import actor_of
from finpulse.identity.admin.claim_mapping_form import ClaimMappingForm
from finpulse.identity.models import ClaimMapping
from finpulse.identity.selectors.claims import Waiting, claims_unmapped, waiting_for, with_people
from finpulse.identity.services import claim_mapping_propose
from finpulse.identity.services.claim_mappings import PROPOSAL
from finpulse.kernel.admin import ReadOnlyAdmin
from finpulse.kernel.admin.change_list import ScopedChangeList
from finpulse.kernel.errors import DomainError
from finpulse.kernel.proposals.selectors import nobody_else_would_approve
from finpulse.kernel.proposals.words import tell_proposed

LIST = "admin:identity_claimmapping_changelist"


class ClaimMappingChangeList(ScopedChangeList):
    """A page of lines, each with what waits of it, read together."""

    def get_results(self, request: HttpRequest) -> None:
        """Read along what waits."""
        super().get_results(request)
        self.result_list = _with_waiting(request, list(self.result_list))


@admin.register(ClaimMapping)
class ClaimMappingAdmin(ReadOnlyAdmin):
    """The table. A line is changed by a proposal that another approves."""

    list_purpose = "What a value of the identity provider's claims gives here, set anew at every sign-in."
    change_list_template = "identity/claim_mappings.html"
    change_form_template = "identity/claim_mapping.html"
    list_display = ("value", "kind", "shown_gives", "shown_waiting", "shown_people")
    list_select_related = ("unit",)
    list_filter = ("kind",)
    search_fields = ("value",)
    ordering = ("kind", "value")
    fields = ("value", "kind", "shown_gives", "shown_waiting", "shown_people", "issuer")
    readonly_fields = fields

    def get_queryset(self, request: HttpRequest) -> QuerySet[ClaimMapping]:
        """Count along of how many people each value was claimed."""
        return with_people(super().get_queryset(request))

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ScopedChangeList]:
        """Read the page's proposals together."""
        return ClaimMappingChangeList

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Any:
        """Give the line with what waits of it."""
        mapping = super().get_object(request, object_id, from_field)
        return mapping and _with_waiting(request, [mapping])[0]

    def get_urls(self) -> list[URLPattern]:
        """Put the verb before the stock addresses."""
        propose = self.admin_site.admin_view(self.propose)
        return [path("propose/", propose, name="identity_claimmapping_propose"), *super().get_urls()]

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Show the verb by the policy that guards it."""
        may = bool(policies.may_propose_mappings(actor_of(request)))
        return super().changelist_view(request, {"may_propose": may, **(extra_context or {})})

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Show the verb by the policy that guards it."""
        may = bool(policies.may_propose_mappings(actor_of(request)))
        return super().change_view(request, object_id, form_url, {"may_propose": may, **(extra_context or {})})

    def propose(self, request: HttpRequest) -> HttpResponse:
        """Ask what a value is to give, and propose it; 404 for who may not."""
        if not policies.may_propose_mappings(actor_of(request)):
            raise Http404("no such verb for this role")
        asked = {name: request.GET[name] for name in ("kind", "value") if name in request.GET}
        form = ClaimMappingForm(request.POST or None, initial=asked)
        if request.method == "POST" and form.is_valid() and _proposed(request, form):
            return redirect(LIST)
        context = {
            **self.admin_site.each_context(request),
            "title": "Propose a role mapping",
            "opts": self.opts,
            "form": form,
            "nobody_else": nobody_else_would_approve(PROPOSAL, actor_of(request)),
            "unmapped": claims_unmapped(),
        }
        return TemplateResponse(request, "identity/claim_mapping_propose.html", context)

    @admin.display(description="Gives")
    def shown_gives(self, mapping: ClaimMapping) -> str:
        """The role or unit that is in force."""
        return mapping.gives or "nothing"

    @admin.display(description="Waits for approval")
    def shown_waiting(self, mapping: Any) -> str:
        """What is proposed, with the way there for who has part in approvals."""
        waiting: Waiting | None = getattr(mapping, "waiting", None)
        if waiting is None:
            return "–"
        words = f"{waiting.gives or 'nothing'}, proposed by {waiting.proposal.proposed_by}"
        if mapping.waiting_url:
            return format_html('<a href="{}">{}</a>', mapping.waiting_url, words)
        return words

    @admin.display(description="People")
    def shown_people(self, mapping: ClaimMapping) -> int:
        """Of how many it was claimed at their last sign-in."""
        people: int = getattr(mapping, "people", None) or 0
        return people


def _with_waiting(request: HttpRequest, mappings: list[Any]) -> list[Any]:
    waiting, opens = waiting_for(mappings), request.user.has_perm("kernel.view_proposal")
    for mapping in mappings:
        mapping.waiting = told = waiting.get(mapping.pk)
        mapping.waiting_url = reverse("admin:kernel_proposal", args=[told.proposal.pk]) if told and opens else ""
    return mappings


def _proposed(request: HttpRequest, form: ClaimMappingForm) -> bool:
    try:
        proposal = claim_mapping_propose(**form.cleaned_data, actor=actor_of(request))
    except DomainError as refusal:
        form.add_error(None, str(refusal))
        return False
    tell_proposed(request, proposal, "Proposed: another system administrator or compliance decides it.")
    return True
