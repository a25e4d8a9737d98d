"""What a browser hears when its sign-in is over."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone

from finpulse.identity.models import SignInSession
from finpulse.identity.services import sign_in_end, sign_in_touch
from finpulse.identity.session_store import UNKNOWN, SessionStore
from finpulse.kernel.errors.pages import back_of
from finpulse.kernel.errors.problem import problem

EndReason = SignInSession.EndReason

SENTENCES = {
    EndReason.IDLE: "You were signed out after {minutes} minutes without activity.",
    EndReason.ABSOLUTE: "You were signed out: this sign-in had lasted as long as one may.",
    EndReason.ENDED_BY_USER: "You ended this sign-in from another one.",
    EndReason.ENDED_BY_ADMINISTRATOR: "A system administrator ended this sign-in.",
    EndReason.PROVIDER: "You were signed out at the bank's identity provider.",
    EndReason.UNCONFIRMED: "You were signed out: the bank's identity provider could not be asked about you.",
    EndReason.DEACTIVATED: "This account is deactivated. Ask a system administrator to reactivate it.",
    UNKNOWN: "You were signed out. Please sign in again.",
}
UNAUTHORIZED = 401


class SignInMiddleware:
    """Ends a sign-in that is over and says so: on the sign-in page, in place of the API's 401. One that runs is seen.

    The session itself holds nobody by then, so the answer is already that to a stranger.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        session = request.session
        # Who asks for no session is not made to read one: a health check answers without the database.
        if not isinstance(session, SessionStore) or not session.accessed:
            return response
        if session.sign_in is not None:
            _keep(session.sign_in, session.over)
        return _told(request, response, _sentence(session.over)) if session.over in SENTENCES else response


def _keep(sign_in: SignInSession, over: str) -> None:
    now = timezone.now()
    if not over:
        sign_in_touch(sign_in=sign_in, now=now)
    elif not sign_in.end_reason and over in EndReason.values:
        sign_in_end(sign_in_id=sign_in.pk, reason=over, actor=None, now=now)


def _sentence(over: str) -> str:
    return SENTENCES[over].format(minutes=settings.SESSION_IDLE_MINUTES)


def _told(request: HttpRequest, response: HttpResponse, sentence: str) -> HttpResponse:
    if response.status_code == UNAUTHORIZED and request.path.startswith("/api/"):
        answer = problem(UNAUTHORIZED, sentence)
        answer.headers["WWW-Authenticate"] = response.headers.get("WWW-Authenticate", "Session")
        return answer
    sign_in_page = reverse("admin:login")
    if urlsplit(response.headers.get("Location", "")).path == sign_in_page:
        messages.warning(request, sentence)
        if request.method not in ("GET", "HEAD"):
            # A verb is not asked for again by itself: the way back is the page that it was on.
            back = back_of(request) or reverse("admin:index")
            response["Location"] = f"{sign_in_page}?{urlencode({'next': back})}"
    return response
