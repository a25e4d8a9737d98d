"""Answers of every kind: what their headers say, and what an error looks like to a person and to a program."""

from __future__ import annotations

import logging
from typing import Any

import pytest
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import include, path

from finpulse.kernel.errors import DomainError
from tests.people import make_people, make_units

REFUSAL = "The task is done already."


def fail(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("a fault of ours")


def be_away(request: HttpRequest) -> HttpResponse:
    raise OperationalError("connection refused")


def refuse(request: HttpRequest) -> HttpResponse:
    raise DomainError(REFUSAL)


VIEWS = [path("fail", fail), path("away", be_away), path("refuse", refuse)]
urlpatterns = [*VIEWS, path("api/", include(VIEWS)), path("", include("finpulse.urls"))]
handler400 = "finpulse.kernel.errors.pages.bad_request"
handler403 = "finpulse.kernel.errors.pages.forbidden"
handler404 = "finpulse.kernel.errors.pages.not_found"
handler500 = "finpulse.kernel.errors.pages.server_error"

# Kind of answer: address, status, whether it is a page.
ANSWERS = {
    "page": ("/admin/", 200, True),
    "sign-in": ("/admin/login/", 302, False),
    "list": ("/admin/crm/customer/", 200, True),
    "not found": ("/admin/crm/customer/987654321/", 404, True),
    "no such address": ("/no-such-page", 404, True),
    "not open": ("/admin/audit/auditevent/", 403, True),
    "redirect": ("/", 302, False),
    "fault": ("/fail", 500, True),
    "away": ("/away", 503, True),
    "refusal": ("/refuse", 409, True),
    "API": ("/api/v1/customers/", 200, False),
    "API row not found": ("/api/v1/customers/987654321/", 404, False),
    "API no such address": ("/api/v1/no-such/", 404, False),
    "API fault": ("/api/fail", 500, False),
    "API away": ("/api/away", 503, False),
    "API refusal": ("/api/refuse", 409, False),
    "static file": ("/static/finpulse/tokens.css", 200, False),
    "health": ("/healthz", 200, False),
}
PROBLEMS = [name for name, (url, status, _) in ANSWERS.items() if url.startswith("/api/") and status >= 400]
ERROR_PAGES = [name for name, (_, status, is_page) in ANSWERS.items() if is_page and status >= 400]


@pytest.fixture
def alice(db: None, settings: Any) -> Client:
    """Alice's browser, before a web whose errors are answers."""
    settings.ROOT_URLCONF = __name__
    settings.WHITENOISE_USE_FINDERS = settings.WHITENOISE_AUTOREFRESH = True
    client = Client(raise_request_exception=False)
    client.force_login(make_people(make_units()).alice, backend="finpulse.identity.backends.RoleAndScopeBackend")
    return client


def answer(client: Client, kind: str) -> HttpResponse:
    url, status, _ = ANSWERS[kind]
    response = client.get(url)
    assert response.status_code == status, kind
    return response


@pytest.mark.parametrize("kind", ANSWERS)
def test_every_answer_refuses_devices_sniffing_and_other_sites(alice: Client, kind: str) -> None:
    headers = answer(alice, kind).headers
    assert {"camera=()", "microphone=()", "geolocation=()", "payment=()", "usb=()"} <= set(
        headers["Permissions-Policy"].split(", ")
    )
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"


@pytest.mark.parametrize("kind", [kind for kind in ANSWERS if kind != "static file"])
def test_every_answer_that_is_made_for_someone_has_the_strict_policy_and_is_kept_nowhere(
    alice: Client, kind: str
) -> None:
    headers = answer(alice, kind).headers
    policy = dict(part.strip().split(" ", 1) for part in headers["Content-Security-Policy"].split(";"))
    assert policy["default-src"] == policy["frame-ancestors"] == policy["base-uri"] == policy["object-src"] == "'none'"
    assert policy["script-src"] == policy["style-src"] == "'self'"
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert headers["X-Frame-Options"] == "DENY"
    assert {"no-store", "private"} <= set(headers["Cache-Control"].split(", "))


def test_the_browser_is_told_to_come_by_https_only(alice: Client, settings: Any) -> None:
    settings.SECURE_HSTS_SECONDS, settings.SECURE_HSTS_INCLUDE_SUBDOMAINS = 31536000, True
    for kind in ("page", "fault", "API", "static file"):
        response = alice.get(ANSWERS[kind][0], secure=True)
        assert response.headers["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains", kind


@pytest.mark.parametrize("kind", PROBLEMS)
def test_an_error_of_the_api_is_a_problem_document(alice: Client, kind: str) -> None:
    response = answer(alice, kind)
    assert response.headers["Content-Type"] == "application/problem+json"
    assert response.json()["status"] == ANSWERS[kind][1]
    assert response.json()["detail"].endswith(".")


@pytest.mark.parametrize("kind", ["away", "API away"])
def test_what_is_away_says_when_to_come_back(alice: Client, kind: str) -> None:
    assert answer(alice, kind).headers["Retry-After"] == "30"


@pytest.mark.parametrize("kind", ERROR_PAGES)
def test_an_error_page_leads_on_in_the_consoles_own_hand(alice: Client, kind: str) -> None:
    text = answer(alice, kind).content.decode()
    assert text.count("<h1>") == 1
    assert 'href="/"' in text or "Try again" in text
    assert ('class="rail"' in text) == (ANSWERS[kind][1] < 500)


@pytest.mark.parametrize("kind", ["fault", "away"])
def test_a_page_of_what_is_broken_asks_the_database_nothing_for_itself(
    alice: Client, kind: str, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(0):
        text = answer(alice, kind).content.decode()
    assert f'href="{ANSWERS[kind][0]}">Try again' in text
    assert "Try again" not in alice.post(ANSWERS[kind][0]).content.decode()


def test_the_reference_on_the_page_is_the_one_in_the_log(alice: Client) -> None:
    handler = logging.getLogger().handlers[0]
    lines: list[str] = []
    told = logging.Handler()
    told.emit = lambda record: lines.append(handler.format(record))  # type: ignore[method-assign]
    told.filters = [*handler.filters]
    logging.getLogger("django.request").addHandler(told)
    response = alice.get("/fail", headers={"X-Request-ID": "told-by-the-proxy"})
    logging.getLogger("django.request").removeHandler(told)
    assert b"<code>told-by-the-proxy</code>" in response.content
    assert "[told-by-the-proxy] Internal Server Error: /fail" in lines[0]


def test_a_page_that_is_not_there_leads_back_to_ours_and_to_no_other_site(alice: Client) -> None:
    url = ANSWERS["not found"][0]
    ours = alice.get(url, headers={"Referer": "http://testserver/admin/crm/task/"}).content.decode()
    assert 'href="http://testserver/admin/crm/task/">Go back' in ours
    theirs = alice.get(url, headers={"Referer": "https://elsewhere.example/"}).content.decode()
    assert "elsewhere" not in theirs


def test_a_refusal_says_its_sentence_as_typed(alice: Client) -> None:
    assert REFUSAL in answer(alice, "refusal").content.decode()
    assert answer(alice, "API refusal").json()["detail"] == REFUSAL


def test_a_form_whose_token_is_not_the_sessions_says_that_nothing_was_saved(alice: Client) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = alice.cookies
    response = strict.post("/admin/notifications/message/read/")
    assert response.status_code == 403
    assert b"This form has expired" in response.content
    assert b"Nothing was saved" in response.content


def test_nobody_gets_a_page_that_tells_who_is_there(alice: Client) -> None:
    text = Client().get("/no-such-page").content.decode()
    assert "Nothing here" in text
    assert 'class="rail"' not in text
