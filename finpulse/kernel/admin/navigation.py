"""The lines of the navigation that a user's role may use."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse

from finpulse.kernel.access.keys import counts_of
from finpulse.kernel.registries import NavigationEntry, navigation


def navigation_for(request: HttpRequest) -> list[dict[str, Any]]:
    """Give sections with their lines: name, label, url, icon, key, whether it is the page shown, how much waits."""
    allowed = [(name, entry) for name, entry in navigation.items() if _may_use(request, entry)]
    waiting = _waiting(request, [entry for _, entry in allowed])
    sections = groupby(sorted(allowed, key=_section), key=_section)
    shown: list[dict[str, Any]] = [
        {"label": label, "lines": [_line(name, entry, waiting) for name, entry in lines]}
        for (_, label), lines in sections
    ]
    _mark_page_shown(request, [line for section in shown for line in section["lines"]])
    return shown


# What waits is counted so far by whoever counts it: the figure then is "at least".
COUNTED = 99
SECTIONS = ("My work", "Bank", "Administration", "Audit")


def _may_use(request: HttpRequest, entry: NavigationEntry) -> bool:
    return not entry.permission or request.user.has_perm(entry.permission)


def _section(named: tuple[str, NavigationEntry]) -> tuple[int, str]:
    entry = named[1]
    return SECTIONS.index(entry.section), entry.section


def _waiting(request: HttpRequest, entries: list[NavigationEntry]) -> dict[str, int]:
    """Give by address how much waits there; what is to be counted is counted in one query."""
    waiting = {entry.url_name: entry.count(request) for entry in entries if entry.count}
    rows = {name: found for name, found in waiting.items() if isinstance(found, QuerySet)}
    return waiting | counts_of(rows, request.user)


def _line(name: str, entry: NavigationEntry, waiting: dict[str, int]) -> dict[str, Any]:
    count = waiting.get(entry.url_name, 0)
    shown = f"{COUNTED}+" if count >= COUNTED else str(count)
    return {
        "name": name,
        "label": entry.label,
        "url": reverse(entry.url_name),
        "icon": entry.icon,
        "key": entry.key,
        "here": False,
        "counted": entry.count is not None,
        "count": count,
        "shown": shown,
        "words": f"{shown} {'thing needs' if count == 1 else 'things need'} you" if count else "",
    }


def _mark_page_shown(request: HttpRequest, lines: list[dict[str, Any]]) -> None:
    """Of the lines whose address begins the page's, the longest is where the user is; my day is its own page only."""
    my_day = reverse("admin:index")
    above = [line for line in lines if request.path.startswith(line["url"]) and line["url"] != my_day]
    above += [line for line in lines if request.path == line["url"] == my_day]
    if above:
        max(above, key=lambda line: len(line["url"]))["here"] = True
