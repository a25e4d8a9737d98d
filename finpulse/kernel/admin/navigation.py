"""The lines of the navigation that a user's role may use."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from finpulse.kernel.registries import NavigationEntry, navigation


def navigation_for(request: HttpRequest) -> list[dict[str, Any]]:
    """Give sections with their lines: label, url, icon, whether it is the page shown, how many wait."""
    allowed = [entry for entry in navigation if not entry.permission or request.user.has_perm(entry.permission)]
    sections = groupby(sorted(allowed, key=_section), key=_section)
    return [{"label": label, "lines": [_line(request, entry) for entry in entries]} for (_, label), entries in sections]


SECTIONS = ("My work", "Bank", "Administration", "Audit")


def _section(entry: NavigationEntry) -> tuple[int, str]:
    return SECTIONS.index(entry.section), entry.section


def _line(request: HttpRequest, entry: NavigationEntry) -> dict[str, Any]:
    url = reverse(entry.url_name)
    here = request.path == url if url == reverse("admin:index") else request.path.startswith(url)
    return {
        "label": entry.label,
        "url": url,
        "icon": entry.icon,
        "here": here,
        "count": entry.count(request) if entry.count else 0,
    }
