"""For whom one stands in."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from crm.standing_in import in_words
from finpulse.identity.actor import actor_of
from finpulse.identity.selectors.people import people_by_key
from finpulse.kernel.panels import Card, on_my_day


@on_my_day("crm.standing_in")
class StandingIn(Card):
    """The covers that run, what ends first at the top; no card where there is none."""

    template = "crm/cards/standing_in.html"
    permission = "crm.view_customer"
    weight = 5

    def context(self, request: HttpRequest) -> dict[str, Any] | None:
        """Each in words, with where its customers are."""
        covers = sorted(actor_of(request).access.covers_with("crm.view_customer"), key=lambda cover: cover.ends_at)
        if not covers:
            return None
        people = people_by_key(cover.covered_id for cover in covers)
        return {"covers": [(cover, in_words(cover, people[cover.covered_id])) for cover in covers]}
