"""What a provider may do wrong, one row each: what is sent, and the line that the log then holds."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tests.services.bent_provider import CLIENT_ID, SECRET_BODY, Answer, BentProvider, Key, by_hand

FAILED = "did not complete at the identity provider"
AWAY = "does not answer as it should"
UNREADABLE = "cannot be read"
REFUSED = "Sign-in failed: token refused: "
OTHER_KEY = Key()
# Nothing listens on the discard port.
NOBODY = "http://127.0.0.1:9"


@dataclass(frozen=True)
class Bend:
    """`sent` in words; `bend` makes a provider send it; `page` and `log` are parts of the answers.

    A `slow` one is waited for one second, not five.
    """

    sent: str
    bend: Callable[[BentProvider], object]
    log: str
    page: str = FAILED
    slow: bool = False

    def __str__(self) -> str:
        return self.sent


def claims(**bent: Any) -> Callable[[BentProvider], None]:
    return lambda provider: provider.claims.update(bent)


def about(**bent: Any) -> Callable[[BentProvider], None]:
    return lambda provider: provider.about.update(bent)


def seconds(name: str, ahead: int) -> Callable[[BentProvider], None]:
    return lambda provider: provider.claims.update({name: int(time.time()) + ahead})


def answers(path: str, body: Any = b"", **bent: Any) -> Callable[[BentProvider], None]:
    return lambda provider: provider.answers.update({path: lambda _: Answer(body, **bent)})


def signed(sign: Callable[[BentProvider, dict[str, Any]], Any]) -> Callable[[BentProvider], None]:
    return lambda provider: setattr(provider, "sign", lambda given: sign(provider, given))


def says(**bent: Any) -> Callable[[BentProvider], None]:
    def bend(provider: BentProvider) -> None:
        said = {name: value for name, value in (provider.discovery() | bent).items() if value is not None}
        provider.answers["/.well-known/openid-configuration"] = lambda _: Answer(said)

    return bend


def weak(provider: BentProvider) -> None:
    provider.keys = [Key(bits=1024)]


def half_a_letter(provider: BentProvider) -> None:
    provider.claims["sub"] = provider.about["sub"] = "\ud800"


CLAIMS = [
    Bend("aud of another client", claims(aud="another"), REFUSED + "InvalidAudienceError"),
    Bend("no aud", claims(aud=None), REFUSED + "MissingRequiredClaimError"),
    Bend("two audiences, no azp", claims(aud=[CLIENT_ID, "another"]), REFUSED + "several audiences"),
    Bend("azp of another client", claims(azp="another"), REFUSED + "another authorized party"),
    Bend("iss of another provider", claims(iss="https://elsewhere.example"), REFUSED + "InvalidIssuerError"),
    Bend("nonce of another sign-in", claims(nonce="another"), REFUSED + "the nonce of another sign-in"),
    Bend("no nonce", claims(nonce=None), REFUSED + "the nonce of another sign-in"),
    Bend("expired 31 s ago", seconds("exp", -31), REFUSED + "ExpiredSignatureError"),
    Bend("no exp", claims(exp=None), REFUSED + "MissingRequiredClaimError"),
    Bend("exp is infinite", claims(exp=float("inf")), REFUSED + "DecodeError"),
    Bend("iat 40 s ahead", seconds("iat", 40), REFUSED + "ImmatureSignatureError"),
    Bend("no iat", claims(iat=None), REFUSED + "MissingRequiredClaimError"),
    Bend("no sub", claims(sub=None), REFUSED + "MissingRequiredClaimError"),
    Bend("sid of 201 letters", claims(sid="a" * 201), REFUSED + "a session id that cannot be kept"),
    Bend("sub is a number", claims(sub=7), REFUSED + "InvalidSubjectError"),
]
SIGNATURES = [
    Bend("alg none", signed(lambda _, given: by_hand(given, {"alg": "none"})), REFUSED + "an algorithm"),
    Bend(
        "HS256 with the public key as the secret",
        signed(
            lambda provider, given: by_hand(
                given, {"alg": "HS256", "kid": provider.keys[0].key_id}, provider.keys[0].pem()
            )
        ),
        REFUSED + "an algorithm",
    ),
    Bend("RS384", signed(lambda p, given: p.keys[0].sign(given, alg="RS384")), REFUSED + "an algorithm"),
    Bend(
        "signed with another key under the known id",
        signed(lambda p, given: OTHER_KEY.sign(given, kid=p.keys[0].key_id)),
        REFUSED + "InvalidSignatureError",
    ),
    Bend("an unknown key id", signed(lambda _, given: OTHER_KEY.sign(given)), REFUSED + "no key of the provider"),
    Bend("a key of 1024 bits", weak, REFUSED + "InvalidKeyError"),
    Bend(
        "an unknown critical header",
        signed(lambda p, given: p.keys[0].sign(given, crit=["b65"], b65=1)),
        REFUSED + "InvalidTokenError",
    ),
    Bend("an id token that is no token", signed(lambda *_: "garbage"), REFUSED + "DecodeError"),
    Bend("an id token that is a list", signed(lambda *_: ["garbage"]), REFUSED + "no token"),
    Bend("no id token", answers("/token", {"access_token": "access-token-1"}), REFUSED + "no token"),
]
USERINFO = [
    Bend("userinfo of another sub", about(sub="person-2"), REFUSED + "userinfo speaks of another"),
    Bend("userinfo without a sub", about(sub=None), REFUSED + "userinfo speaks of another"),
    Bend("userinfo 401", answers("/userinfo", {}, status=401), "Sign-in failed: userinfo answered 401"),
    Bend("userinfo as a token", answers("/userinfo", b"e30.e30.", type="application/jwt"), "userinfo is not JSON"),
    Bend("roles that are an object", about(roles={"a": 1}), "cannot be read: roles", UNREADABLE),
    Bend("roles of objects", about(roles=[{"a": 1}]), "cannot be read: roles", UNREADABLE),
    Bend("a user name with a line break", about(preferred_username="a\nb"), "preferred_username", UNREADABLE),
    Bend("half a letter as sub", half_a_letter, "cannot be read: sub", UNREADABLE),
    Bend("a user name of 151 letters", about(preferred_username="a" * 151), "preferred_username", UNREADABLE),
]
TOKEN_ENDPOINT = [
    Bend(
        "token endpoint 400 with a telling body", answers("/token", {"error": SECRET_BODY}, status=400), "answered 400"
    ),
    Bend("token endpoint 500", answers("/token", SECRET_BODY.encode(), status=500), "token endpoint answered 500"),
    Bend(
        "token endpoint leads elsewhere",
        answers("/token", status=307, headers=(("Location", "/userinfo"),)),
        "token endpoint answered 307",
    ),
    Bend("token endpoint answers a page", answers("/token", b"<html>", type="text/html"), "not JSON by its type"),
    Bend("token endpoint answers garbage", answers("/token", b"{,"), "token endpoint is not JSON"),
    Bend("token endpoint answers a list", answers("/token", []), "token endpoint is no JSON object"),
    Bend("token endpoint nests 100,000 deep", answers("/token", b"[" * 100_000), "token endpoint is not JSON"),
    Bend("token endpoint answers 600 KB", answers("/token", b" " * 600_000), "longer than 524288 bytes"),
    Bend("token endpoint breaks off", answers("/token", b"{}" * 100, missing=9), "Sign-in failed: token endpoint"),
    Bend("token endpoint says nothing", answers("/token", hangs=True), "token endpoint: ReadTimeout", slow=True),
    Bend(
        "token endpoint drips a byte at a time", answers("/token", b" " * 99, drips=True), "not whole within", slow=True
    ),
    Bend("token endpoint is down", says(token_endpoint=f"{NOBODY}/token"), "token endpoint: ConnectionError"),
    Bend("no token endpoint", says(token_endpoint=None), "discovery names no token_endpoint"),
]
KEYS = [
    Bend("keys 500", answers("/keys", status=500), "keys answered 500"),
    Bend("keys that are garbage", answers("/keys", b"garbage"), "keys is not JSON"),
    Bend("keys that are no list", answers("/keys", {"keys": {}}), "keys are no list"),
    Bend("keys that are no keys", answers("/keys", {"keys": [1, {"kty": "RSA"}]}), "no key of the provider"),
    Bend("keys that never come", answers("/keys", hangs=True), "keys: ReadTimeout", slow=True),
    Bend("keys are down", says(jwks_uri=f"{NOBODY}/keys"), "keys: ConnectionError"),
]
DISCOVERY = [
    Bend("discovery of another issuer", says(issuer="https://elsewhere.example"), "names another issuer", AWAY),
    Bend("discovery 500", answers("/.well-known/openid-configuration", status=500), "discovery answered 500", AWAY),
    Bend("discovery is garbage", answers("/.well-known/openid-configuration", b"?"), "discovery is not JSON", AWAY),
    Bend(
        "discovery never comes",
        answers("/.well-known/openid-configuration", hangs=True),
        "ReadTimeout",
        AWAY,
        slow=True,
    ),
    Bend("no sign-in page", says(authorization_endpoint=None), "names no authorization_endpoint", AWAY),
]
BENDS = [*CLAIMS, *SIGNATURES, *USERINFO, *TOKEN_ENDPOINT, *KEYS, *DISCOVERY]
