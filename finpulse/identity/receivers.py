"""After a migration the roles are what code and administrators say; a sign-in is written down when Django says so."""

from typing import Any

from django.contrib.auth import BACKEND_SESSION_KEY
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.http import HttpRequest
from django.utils import timezone

from finpulse.identity.models import RoleChange, SignInAttempt, SignInSession, User
from finpulse.identity.services import ProviderSession, attempt_record, roles_sync, sign_in_end, sign_in_start
from finpulse.identity.session_store import PROVIDER_SESSION, SIGN_IN_REASON
from finpulse.kernel.client_address import client_address
from finpulse.kernel.tables import have_tables

METHODS = {
    "finpulse.identity.oidc.backend.SingleSignOnBackend": SignInSession.Method.OIDC,
    "finpulse.identity.break_glass.backend.BreakGlassBackend": SignInSession.Method.BREAK_GLASS,
}


def sync_roles(sender: Any, **kwargs: Any) -> None:
    """Sync once per app: each makes its permissions just before it sends this."""
    if have_tables(Group, Permission, ContentType, RoleChange):
        roles_sync()


def start_sign_in(sender: Any, request: HttpRequest, user: User, **kwargs: Any) -> None:
    """Begin a sign-in under a key of its own; one that ran in the same browser is over."""
    session, now = request.session, timezone.now()
    running = SignInSession.objects.filter(session_id=session.session_key, ended_at__isnull=True).first()
    if running is not None:
        sign_in_end(sign_in_id=running.pk, reason=SignInSession.EndReason.REPLACED, actor=user, now=now)
    if running is not None or session.session_key is None:
        session.create()
    provider = session.get(PROVIDER_SESSION)
    method = METHODS.get(session[BACKEND_SESSION_KEY], SignInSession.Method.PASSWORD)
    address = client_address(request)
    if method == SignInSession.Method.OIDC:
        attempt_record(method=method, outcome=SignInAttempt.Outcome.SUCCEEDED, user=user, address=address, now=now)
    sign_in_start(
        actor=user,
        session_key=str(session.session_key),
        method=method,
        now=now,
        address=address,
        agent=request.META.get("HTTP_USER_AGENT", ""),
        provider=ProviderSession(**provider) if provider and method == SignInSession.Method.OIDC else None,
        refresh_token=getattr(request, "provider_refresh_token", "") if method == SignInSession.Method.OIDC else "",
        reason=session.get(SIGN_IN_REASON, "") if method == SignInSession.Method.BREAK_GLASS else "",
    )


def end_sign_in(sender: Any, request: HttpRequest, user: User | None, **kwargs: Any) -> None:
    """End the sign-in of whoever signs out, before his session is gone."""
    sign_in = getattr(request.session, "sign_in", None)
    if sign_in is not None and user is not None:
        reason = SignInSession.EndReason.SIGNED_OUT
        sign_in_end(sign_in_id=sign_in.pk, reason=reason, actor=user, now=timezone.now())
