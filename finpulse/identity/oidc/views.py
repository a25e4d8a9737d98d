"""The two ends of the code flow, and signing out."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import auth, messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from mozilla_django_oidc.views import OIDCAuthenticationCallbackView, OIDCAuthenticationRequestView

from finpulse.identity.oidc.provider import ProviderUnavailable, endpoint
from finpulse.kernel.errors import DomainError


class SignInStart(OIDCAuthenticationRequestView):  # type: ignore[misc]
    """Sends the browser to the provider; a provider that is away is a sentence on the sign-in page."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super(OIDCAuthenticationRequestView, self).__init__(*args, **kwargs)
        self.OIDC_RP_CLIENT_ID = settings.OIDC_RP_CLIENT_ID

    def get(self, request: HttpRequest) -> HttpResponse:
        """Start the code flow."""
        try:
            self.OIDC_OP_AUTH_ENDPOINT = endpoint("authorization_endpoint")
        except ProviderUnavailable as error:
            messages.error(request, f"{error} Please try again in a minute.")
            return redirect("admin:login")
        response: HttpResponse = super().get(request)
        return response


class SignInEnd(OIDCAuthenticationCallbackView):  # type: ignore[misc]
    """Takes the browser back; every failure is a sentence on the sign-in page."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Finish the code flow. A state that is unknown or used up is 400."""
        try:
            response: HttpResponse = super().get(request)
        except DomainError as refusal:
            messages.error(request, str(refusal))
            return redirect("admin:login")
        return response

    def login_failure(self) -> HttpResponse:
        """Say so on the sign-in page."""
        messages.error(self.request, "The sign-in did not complete. Please try again.")
        return redirect("admin:login")


def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session here, then at the provider when it was opened there (RP-initiated logout)."""
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
    return HttpResponseRedirect(
        f"{provider}?{urlencode({'id_token_hint': id_token, 'post_logout_redirect_uri': after})}"
    )
