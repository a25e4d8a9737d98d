"""What is said to who has just proposed something: who decides it, and the way to it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html

from finpulse.kernel.proposals.models import Proposal
from finpulse.kernel.proposals.selectors import nobody_else_approves
from finpulse.kernel.registries import subjects


def tell_proposed(request: HttpRequest, proposal: Proposal | None, said: str, *, done: str = "Done.") -> None:
    """Say that it is proposed, or, where the bank asks for no second person, that it is done."""
    messages.success(request, with_way_to(proposal, said) if proposal else done)


def with_way_to(proposal: Proposal, said: str) -> str:
    """Give the sentence, that nobody may approve it where that is so, and a link to the proposal, safe for a page."""
    subject = subjects.get(proposal.subject_type).model._base_manager.filter(pk=proposal.subject_id).first()
    words = f"{said} {nobody_else_approves(proposal, subject)}".strip()
    url = reverse("admin:kernel_proposal", args=[proposal.pk])
    return format_html('{} <a href="{}">Open the proposal</a>', words, url)
