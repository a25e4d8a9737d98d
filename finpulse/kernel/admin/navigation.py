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
    shown: list[dict[str, Any]] = [
        {"label": label, "lines": [_line(request, line) for line in lines]} for (_, label), lines in sections
    ]
    _mark_page_shown(request, [line for section in shown for line in section["lines"]])
    return shown


SECTIONS = ("My work", "Bank", "Administration", "Audit")


def _section(entry: NavigationEntry) -> tuple[int, str]:
    return SECTIONS.index(entry.section), entry.section


def _line(request: HttpRequest, entry: NavigationEntry) -> dict[str, Any]:
    return {
        "label": entry.label,
        "url": reverse(entry.url_name),
        "icon": entry.icon,
        "here": False,
        "count": entry.count(request) if entry.count else 0,
    }


def _mark_page_shown(request: HttpRequest, lines: list[dict[str, Any]]) -> None:
    """Of the lines whose address begins the page's, the longest is where the user is; my day is its own page only."""
    my_day = reverse("admin:index")
    above = [line for line in lines if request.path.startswith(line["url"]) and line["url"] != my_day]
    above += [line for line in lines if request.path == line["url"] == my_day]
    if above:
        max(above, key=lambda line: len(line["url"]))["here"] = True
