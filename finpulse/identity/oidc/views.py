"""The two ends of the code flow, and signing out."""

from __future__ import annotations

import logging
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import auth, messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from mozilla_django_oidc.views import OIDCAuthenticationCallbackView, OIDCAuthenticationRequestView

from finpulse.identity.models import SignInAttempt, SignInSession
from finpulse.identity.oidc.asking import ProviderUnavailable
from finpulse.identity.oidc.provider import endpoint
from finpulse.identity.services import attempt_record
from finpulse.identity.session_store import PROVIDER_SESSION
from finpulse.kernel.client_address import client_address
from finpulse.kernel.errors import DomainError

logger = logging.getLogger(__name__)

Outcome = SignInAttempt.Outcome

MOST_LETTERS = 4096
# The errors of RFC 6749 and OpenID Connect that a provider sends back. Any other word is a stranger's.
KNOWN_ERRORS = {
    "access_denied",
    "consent_required",
    "interaction_required",
    "invalid_request",
    "invalid_scope",
    "login_required",
    "server_error",
    "temporarily_unavailable",
    "unauthorized_client",
    "unsupported_response_type",
}
AGAIN = "The sign-in did not complete. Please try again."


class SignInStart(OIDCAuthenticationRequestView):  # type: ignore[misc]  # the package has no types
    """Sends the browser to the provider; a provider that is away is a sentence on the sign-in page."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super(OIDCAuthenticationRequestView, self).__init__(*args, **kwargs)
        self.OIDC_RP_CLIENT_ID = settings.OIDC_RP_CLIENT_ID

    def get(self, request: HttpRequest) -> HttpResponse:
        """Start the code flow. `next` is kept only where it is an address of ours."""
        if any(len(value) > MOST_LETTERS for value in request.GET.values()):
            return _failed(request, "a parameter is too long")
        try:
            self.OIDC_OP_AUTH_ENDPOINT = endpoint("authorization_endpoint")
        except ProviderUnavailable as error:
            sentence = "The identity provider does not answer as it should. Please try again in a minute."
            return _failed(request, str(error), sentence)
        response: HttpResponse = super().get(request)
        return response


class SignInEnd(OIDCAuthenticationCallbackView):  # type: ignore[misc]  # the package has no types
    """Takes the browser back; every failure is one log line and a sentence on the sign-in page."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Finish the code flow that this browser began, once; nothing else changes who is signed in."""
        if reason := _unanswerable(request):
            return _failed(request, reason)
        if error := request.GET.get("error"):
            return self._refused_there(request, error)
        try:
            response: HttpResponse = super().get(request)
        except DomainError as refusal:
            _write_down(request, refusal.__cause__)
            messages.error(request, str(refusal))
            return redirect("admin:login")
        return response

    def _refused_there(self, request: HttpRequest, error: str) -> HttpResponse:
        del request.session["oidc_states"][request.GET["state"]]
        request.session.modified = True
        known = error if error in KNOWN_ERRORS else "an unknown error"
        sentence = "The identity provider did not let you in." if error == "access_denied" else AGAIN
        return _failed(request, f"the identity provider answered {known}", sentence)

    def login_success(self) -> HttpResponse:
        """Begin the session; it keeps the id token with which it is ended at the provider, too."""
        after, session = self.success_url, self.request.session
        if self.request.user.is_authenticated:
            # Signing in over somebody else's session would empty it of what is put there for this one.
            session.flush()
        session.pop("oidc_login_next", None)
        session[PROVIDER_SESSION] = self.request.provider_session
        session["oidc_id_token"] = self.request.provider_id_token
        auth.login(self.request, self.user)
        if settings.OIDC_CONFIRM_MINUTES and not self.request.provider_refresh_token:
            logger.warning("Sign-in without a refresh token: it cannot be confirmed, and ends early")
        return HttpResponseRedirect(after)

    def login_failure(self) -> HttpResponse:
        """Say so on the sign-in page."""
        return _failed(self.request, "no user")


def _unanswerable(request: HttpRequest) -> str:
    """Give why these parameters answer no sign-in of this browser, or "" when they may."""
    given = request.GET
    if any(len(value) > MOST_LETTERS for value in given.values()):
        return "a parameter is too long"
    if given.get("state") not in request.session.get("oidc_states", {}):
        return "a state that this browser was not given, or has used"
    if not (given.get("code") or given.get("error")):
        return "neither a code nor an error"
    # RFC 9207: with it a provider says whose answer this is.
    if given.get("iss", settings.OIDC_ISSUER).rstrip("/") != settings.OIDC_ISSUER.rstrip("/"):
        return "the answer of another provider"
    return ""


def _write_down(request: HttpRequest, reason: object) -> None:
    """Keep that it failed, and why; without a reason the provider has vouched for somebody who has no place here."""
    outcome, cause = (Outcome.FAILED, str(reason)) if reason else (Outcome.REFUSED, "no place here")
    method, address = SignInSession.Method.OIDC, client_address(request)
    attempt_record(method=method, outcome=outcome, cause=cause, address=address, now=timezone.now())


def _failed(request: HttpRequest, reason: str, sentence: str = AGAIN) -> HttpResponse:
    logger.warning("Sign-in failed: %s", reason)
    _write_down(request, reason)
    messages.error(request, sentence)
    return redirect("admin:login")


def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session here, then at the provider when it was opened there (RP-initiated logout).

    A GET ends nothing: any page could make a browser ask it.
    """
    if request.method != "POST":
        return redirect("admin:index")
    id_token = request.session.get("oidc_id_token")
    auth.logout(request)
    messages.success(request, "You are signed out.")
    after = request.build_absolute_uri(reverse("admin:login"))
    if not id_token:
        return HttpResponseRedirect(after)
    try:
        provider = endpoint("end_session_endpoint")
    except ProviderUnavailable:
        return HttpResponseRedirect(after)
    question = {
        "id_token_hint": id_token,
        "client_id": settings.OIDC_RP_CLIENT_ID,
        "post_logout_redirect_uri": after,
    }
    return HttpResponseRedirect(f"{provider}?{urlencode(question)}")
