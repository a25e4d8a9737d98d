"""A sign-in provider over a real socket that keeps to the protocol but for what a test bends."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import secrets
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa

CLIENT_ID = "finpulse-bent"
CLIENT_SECRET = "a bent provider's client secret"
LOGOUT_EVENT = "http://schemas.openid.net/event/backchannel-logout"
# What a provider's error may hold and no log may: a test looks for it there.
SECRET_BODY = "body-that-no-log-may-hold"


@dataclass(frozen=True)
class Answer:
    """What one address answers. `drips` sends a byte at a time; `hangs` sends nothing; `missing` cuts the end off."""

    body: Any = field(default_factory=dict)
    status: int = 200
    type: str = "application/json"
    headers: tuple[tuple[str, str], ...] = ()
    drips: bool = False
    hangs: bool = False
    missing: int = 0

    def bytes(self) -> bytes:
        return self.body if isinstance(self.body, bytes) else json.dumps(self.body).encode()


class Key:
    """A signing key with its id."""

    def __init__(self, algorithm: str = "RS256", key_id: str = "", bits: int = 2048) -> None:
        self.algorithm, self.key_id = algorithm, key_id or secrets.token_hex(4)
        is_rsa = algorithm.startswith("RS")
        self.private: Any = (
            rsa.generate_private_key(public_exponent=65537, key_size=bits)
            if is_rsa
            else ec.generate_private_key(ec.SECP256R1())
        )
        made: Any = jwt.algorithms.RSAAlgorithm if is_rsa else jwt.algorithms.ECAlgorithm
        self.public: dict[str, Any] = made.to_jwk(self.private.public_key(), as_dict=True) | {
            "kid": self.key_id,
            "use": "sig",
        }

    def sign(self, claims: dict[str, Any], **header: Any) -> str:
        return jwt.encode(claims, self.private, header.pop("alg", self.algorithm), {"kid": self.key_id} | header)

    def pem(self) -> bytes:
        form = serialization.PublicFormat.SubjectPublicKeyInfo
        public: bytes = self.private.public_key().public_bytes(serialization.Encoding.PEM, form)
        return public


def by_hand(claims: dict[str, Any], header: dict[str, Any], secret: bytes = b"") -> str:
    """Give a token that no library would make: unsigned, or signed with a public key as if it were a secret."""
    parts = [base64.urlsafe_b64encode(json.dumps(part).encode()).rstrip(b"=") for part in (header, claims)]
    signed = hmac.new(secret, b".".join(parts), hashlib.sha256).digest() if secret else b""
    return b".".join([*parts, base64.urlsafe_b64encode(signed).rstrip(b"=")]).decode()


class BentProvider:
    """One person, one client. A test overwrites what it answers; `straighten()` takes that back."""

    def __init__(self, issuer: str, key: Key) -> None:
        self.issuer, self.first_key = issuer, key
        self.released = Event()
        self.straighten()

    def straighten(self) -> None:
        """Behave from here on, with the first key, and forget what was asked."""
        self.keys = [self.first_key]
        self.asked: list[str] = []
        self.codes: dict[str, dict[str, str]] = {}
        self.refresh_tokens: set[str] = set()
        self.claims: dict[str, Any] = {}
        self.about: dict[str, Any] = {"preferred_username": "bent", "roles": ["customer_manager"]}
        self.sign: Callable[[dict[str, Any]], Any] = self._sign
        self.answers: dict[str, Callable[[dict[str, str]], Answer]] = {
            "/.well-known/openid-configuration": lambda _: Answer(self.discovery()),
            "/keys": lambda _: Answer({"keys": [key.public for key in self.keys]}),
            "/token": self._token,
            "/userinfo": lambda _: Answer({"sub": "person-1"} | self.about),
        }

    def discovery(self) -> dict[str, Any]:
        """Give what it says of itself."""
        names = ("authorization", "token", "userinfo", "end_session")
        return {"issuer": self.issuer, "jwks_uri": f"{self.issuer}/keys"} | {
            f"{name}_endpoint": f"{self.issuer}/{name}" for name in names
        }

    def authorize(self, address: str) -> str:
        """Click "sign in" on the page at the address; give where that leads."""
        given = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
        assert (given["response_type"], given["code_challenge_method"]) == ("code", "S256")
        code = secrets.token_urlsafe()
        self.codes[code] = given
        return f"{given['redirect_uri']}?{urlencode({'code': code, 'state': given['state']})}"

    def logout_token(self, **bent: Any) -> str:
        """Give a sound logout token, but for what is bent; a claim that is None is left out."""
        now = int(time.time())
        sound = {"iss": self.issuer, "aud": CLIENT_ID, "sub": "person-1", "jti": secrets.token_hex(8)}
        claims = sound | {"iat": now, "exp": now + 120, "events": {LOGOUT_EVENT: {}}} | bent
        return str(self.sign({name: value for name, value in claims.items() if value is not None}))

    def _sign(self, claims: dict[str, Any]) -> str:
        return self.keys[-1].sign(claims)

    def _token(self, form: dict[str, str]) -> Answer:
        if form.get("grant_type") == "refresh_token":
            return self._refresh(form)
        begun = self.codes.pop(form.get("code", ""), None)
        digest = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
        if begun is None or begun["code_challenge"] != challenge or form.get("client_secret") != CLIENT_SECRET:
            return Answer({"error": "invalid_grant", "error_description": SECRET_BODY}, status=400)
        now = int(time.time())
        sound = {"iss": self.issuer, "aud": CLIENT_ID, "sub": "person-1", "nonce": begun["nonce"]}
        return self._tokens(sound | {"iat": now, "exp": now + 300} | self.claims)

    def _refresh(self, form: dict[str, str]) -> Answer:
        """Take a refresh token, once."""
        if form["refresh_token"] not in self.refresh_tokens or form.get("client_secret") != CLIENT_SECRET:
            return Answer({"error": "invalid_grant", "error_description": SECRET_BODY}, status=400)
        self.refresh_tokens.remove(form["refresh_token"])
        now = int(time.time())
        sound = {"iss": self.issuer, "aud": CLIENT_ID, "sub": "person-1", "iat": now, "exp": now + 300}
        return self._tokens(sound | self.claims)

    def _tokens(self, claims: dict[str, Any]) -> Answer:
        token = self.sign({name: value for name, value in claims.items() if value is not None})
        refresh_token = f"refresh-{secrets.token_urlsafe()}"
        self.refresh_tokens.add(refresh_token)
        answer = {"access_token": "access-token-1", "token_type": "Bearer", "id_token": token}
        return Answer(answer | {"refresh_token": refresh_token})


class Server(ThreadingHTTPServer):
    """Listens on the loopback address for its provider."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.provider = BentProvider(f"http://127.0.0.1:{self.server_port}", Key())


class Handler(BaseHTTPRequestHandler):
    """Answers as its server's provider says."""

    server: Server

    def do_GET(self) -> None:
        self._answer({})

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
        self._answer({name: values[0] for name, values in parse_qs(body).items()})

    def _answer(self, form: dict[str, str]) -> None:
        provider, path = self.server.provider, urlsplit(self.path).path
        provider.asked.append(path)
        answer = provider.answers[path](form)
        if answer.hangs:
            provider.released.wait(10)
            return
        body = answer.bytes()
        self.send_response(answer.status)
        for name, value in (("Content-Type", answer.type), ("Content-Length", str(len(body))), *answer.headers):
            self.send_header(name, value)
        self.end_headers()
        if answer.drips:
            self._drip(body)
        else:
            self.wfile.write(body[: len(body) - answer.missing])

    def _drip(self, body: bytes) -> None:
        with suppress(OSError):
            for at in range(len(body)):
                if self.server.provider.released.wait(0.05):
                    return
                self.wfile.write(body[at : at + 1])

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing."""


@contextmanager
def running() -> Iterator[BentProvider]:
    """Give a running provider, straight at first."""
    server = Server()
    thread = Thread(target=server.serve_forever)
    thread.start()
    try:
        yield server.provider
    finally:
        server.provider.released.set()
        server.shutdown()
        server.server_close()
        thread.join()
