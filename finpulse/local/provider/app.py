"""oidc-provider-mock with the demo accounts, one client and pages that load nothing from elsewhere."""

import secrets
from pathlib import Path

import flask
import jinja2
from oidc_provider_mock import User, init_app
from oidc_provider_mock._storage import storage

from finpulse.identity.demo_accounts import DEMO_ACCOUNTS, DemoAccount
from finpulse.local.provider import clients, tokens

TEMPLATES = Path(__file__).parent / "templates"


def make_app(client_secret: str) -> flask.Flask:
    """Give the provider as a WSGI application."""
    app = flask.Flask("finpulse-demo-provider", static_folder=None)
    app.secret_key = secrets.token_bytes(32)
    app.jinja_options = {
        "loader": jinja2.ChoiceLoader(
            [jinja2.FileSystemLoader(TEMPLATES), jinja2.PackageLoader("oidc_provider_mock")],
        )
    }
    init_app(app, require_client_registration=True, user_claims=[_user(account) for account in DEMO_ACCOUNTS])
    # The library switches a debugger on, which would run any code a page sends.
    app.debug = False
    app.wsgi_app = app.wsgi_app.app  # type: ignore[method-assign, attr-defined]
    app.context_processor(lambda: {"accounts": DEMO_ACCOUNTS})
    # The library reaches its storage and its grants from within a request only.
    with app.test_request_context():
        app.preprocess_request()
        storage.store_client(clients.finpulse(client_secret))
        tokens.name_the_key()
    return app


def claims(account: DemoAccount) -> dict[str, object]:
    """Give what the provider vouches for about an account."""
    return {
        "preferred_username": account.username,
        "name": account.full_name,
        "given_name": account.given_name,
        "family_name": account.family_name,
        "email": account.email,
        "email_verified": True,
        "roles": list(account.roles),
        "unit": account.unit,
    }


def _user(account: DemoAccount) -> User:
    return User(sub=account.username, claims=claims(account))
