"""Answers that change a page in place: to a form that htmx has sent, what was done and the counters, and no page.

Without script the same form posts and is redirected: a view says `return answer(request, url)` and serves both.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from finpulse.kernel.errors.domain import DomainError

# What a script of the page tells from a whole page that went astray: only this may be put into it.
IN_PLACE = "HX-Reswap"


def is_in_place(request: HttpRequest) -> bool:
    """Tell whether the page stays and takes up the answer."""
    return request.headers.get("HX-Request") == "true"


def answer(
    request: HttpRequest,
    url: str,
    *,
    part: str = "",
    context: Mapping[str, Any] | None = None,
    refused_as: int = DomainError.status,
) -> HttpResponse:
    """Lead to `url`; in place, give the messages and the counters, and of the page's part that was acted on the
    template `part`, if it stays. With an error among the messages the part is left as it was, and the status says so.
    """
    if not is_in_place(request):
        return redirect(url)
    told = list(messages.get_messages(request))
    refused = any(message.level >= messages.ERROR for message in told)
    shown = {**(context or {}), "messages": told, "part": "" if refused else part}
    response = render(request, "frame/in_place.html", shown, status=refused_as if refused else 200)
    response["HX-Trigger"] = json.dumps({"waiting": _waiting(request)})
    if refused:
        response[IN_PLACE] = "none"
    return response


def page_of(model_admin: Any, request: HttpRequest) -> dict[str, Any]:
    """Give what stands around a page's content, its template as `base`: the frame, or in place the dialog's head."""
    if is_in_place(request):
        return {"base": "frame/part.html"}
    return {"base": "admin/base_site.html", **model_admin.admin_site.each_context(request)}


def refuse(request: HttpRequest, refusal: DomainError) -> HttpResponse:
    """Say in place that a service refused."""
    messages.error(request, str(refusal))
    return answer(request, "", refused_as=refusal.status)


def _waiting(request: HttpRequest) -> dict[str, dict[str, str]]:
    """Give by the navigation's names what waits now, as a figure and in words."""
    from finpulse.kernel.admin.navigation import navigation_for

    lines = [line for section in navigation_for(request) for line in section["lines"] if line["counted"]]
    return {line["name"]: {"shown": line["shown"], "words": line["words"]} for line in lines}


class InPlaceMiddleware:
    """What comes in place is no page: it leaves the address as it is, and a redirect leads the whole page.

    Followed unseen, a redirect would put a page, such as the sign-in, into a row.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if not is_in_place(request):
            return response
        if "Location" in response:
            leading = HttpResponse(status=204)
            leading["HX-Redirect"] = _led(request, response["Location"])
            leading.cookies = response.cookies
            return leading
        response.headers.setdefault("HX-Push-Url", "false")
        return response


def _led(request: HttpRequest, url: str) -> str:
    """Give where to go; after signing in, back to the page, not to the verb that was asked for in it."""
    sign_in, page = reverse("admin:login"), urlsplit(request.headers.get("HX-Current-URL", ""))
    if urlsplit(url).path != sign_in:
        return url
    ours = page.netloc == request.get_host()
    back = page._replace(scheme="", netloc="", fragment="").geturl() if ours else reverse("admin:index")
    return f"{sign_in}?{urlencode({'next': back})}"
