"""The session engine: sessions in the database, each read together with its sign-in, in one query."""

from __future__ import annotations

from typing import Any

from asgiref.sync import sync_to_async
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.db.models import F
from django.utils import timezone

from finpulse.identity.models import SignInSession
from finpulse.identity.oidc.confirming import why_no_longer
from finpulse.identity.services import sign_in_end, sign_in_rekey

# Over, and nothing is known of it: somebody is named by a session without a sign-in.
UNKNOWN = "UNKNOWN"
# What the provider calls a sign-in, kept in the session by the backend that the provider has sent it to.
PROVIDER_SESSION = "provider_session"
# Why somebody breaks the glass, kept in the session by the page that asks him.
SIGN_IN_REASON = "sign_in_reason"


class SessionStore(db.SessionStore):
    """Holds nobody once the sign-in is over: a limit holds for whatever reads the session, by any method.

    So does the identity provider's word, which is asked for anew where it is due.

    `sign_in` is the sign-in that was read with it, if any; `over` why it is over, "" while it runs.
    """

    def __init__(self, session_key: str | None = None) -> None:
        super().__init__(session_key)
        self._sign_in: SignInSession | None = None
        self._over = ""

    @property
    def sign_in(self) -> SignInSession | None:
        """The sign-in of this session."""
        self._read()
        return self._sign_in

    @property
    def over(self) -> str:
        """Why the sign-in is over."""
        self._read()
        return self._over

    def load(self) -> dict[str, Any]:
        """Read session and sign-in; one that is over holds nothing, and its key is not used again."""
        row, now = self._row(), timezone.now()
        data = self.decode(row.session_data) if row is not None else {}
        if row is None:
            # Its session may be gone for a reason, which the browser that still names it is told.
            self._sign_in = SignInSession.objects.filter(session_id=self.session_key).first()
            self._over = (self._sign_in.why_over(now) or UNKNOWN) if self._sign_in is not None else ""
        elif SESSION_KEY in data:
            self._sign_in = getattr(row, "sign_in", None)
            self._over = _why_over(self._sign_in, data, row.is_active, now)
        if row is None or self._over:
            self._session_key = None
            return {}
        return data

    async def aload(self) -> dict[str, Any]:
        """Read them as `load` does."""
        return await sync_to_async(self.load)()

    def cycle_key(self) -> None:
        """Have the sign-in go on under the next key."""
        sign_in = self.sign_in
        super().cycle_key()
        if sign_in is not None and self.session_key is not None:
            sign_in_rekey(sign_in=sign_in, session_key=self.session_key)

    def flush(self) -> None:
        """End the sign-in with its session, unless whoever flushes has said why before."""
        sign_in, over = self.sign_in, self.over
        super().flush()
        self._sign_in = None
        if sign_in is not None and not over:
            reason = SignInSession.EndReason.REPLACED
            sign_in_end(sign_in_id=sign_in.pk, reason=reason, actor=sign_in.user, now=timezone.now())

    def _read(self) -> None:
        """Load, unless that is done."""
        self.keys()

    def _row(self) -> Any:
        rows = Session.objects.select_related("sign_in").defer("sign_in__refresh_token")
        rows = rows.annotate(is_active=F("sign_in__user__is_active"))
        return rows.filter(session_key=self.session_key, expire_date__gt=timezone.now()).first()


def _why_over(sign_in: SignInSession | None, data: dict[str, Any], is_active: bool | None, now: Any) -> str:
    if sign_in is None or data[SESSION_KEY] != str(sign_in.user_id):
        return UNKNOWN
    over = sign_in.why_over(now) or ("" if is_active else SignInSession.EndReason.DEACTIVATED)
    return over or why_no_longer(sign_in, now=now)
