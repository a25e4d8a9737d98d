"""Answers that change a page in place, and what stays of them without script."""

import json

import pytest
from django.contrib import messages
from django.contrib.messages.storage.fallback import FallbackStorage
from django.http import HttpResponse
from django.shortcuts import redirect
from django.test import RequestFactory

from finpulse.kernel.errors import DomainError, InputError
from finpulse.kernel.in_place import InPlaceMiddleware, answer, refuse

PAGE = "http://testserver/admin/crm/task/?o=1#top"


@pytest.fixture
def request_of(people):
    def made(**headers):
        request = RequestFactory(headers=headers).post("/admin/crm/task/1/done/")
        request.user, request.session = people.alice, {}
        request._messages = FallbackStorage(request)
        return request

    return made


def in_place(request_of):
    return request_of(**{"HX-Request": "true", "HX-Current-URL": PAGE})


def test_without_script_an_answer_leads_to_the_page(request_of):
    request = request_of()
    messages.success(request, "Done: it")
    assert answer(request, "/admin/").headers["Location"] == "/admin/"


def test_in_place_it_gives_the_words_and_what_waits(request_of):
    request = in_place(request_of)
    messages.success(request, "Done: <it>")
    given = answer(request, "/admin/")
    assert given.status_code == 200
    assert "Done: &lt;it&gt;" in given.content.decode()
    assert 'hx-swap-oob="beforeend:#said"' in given.content.decode()
    assert json.loads(given.headers["HX-Trigger"])["waiting"]["my_day"] == {"shown": "0", "words": ""}


@pytest.mark.parametrize(("refusal", "status"), [(DomainError("Not now."), 409), (InputError("Not so."), 400)])
def test_a_refusal_says_why_and_leaves_the_row_as_it_is(request_of, refusal, status):
    given = refuse(in_place(request_of), refusal)
    assert (given.status_code, given.headers["HX-Reswap"]) == (status, "none")
    assert 'hx-swap-oob="beforeend:#refused"' in given.content.decode()
    assert str(refusal) in given.content.decode()


def test_a_redirect_leads_the_whole_page_and_after_signing_in_back_to_it(request_of):
    for url, led in (
        ("/admin/crm/customer/", "/admin/crm/customer/"),
        ("/admin/login/?next=/admin/crm/task/1/done/", "/admin/login/?next=%2Fadmin%2Fcrm%2Ftask%2F%3Fo%3D1"),
    ):
        given = InPlaceMiddleware(lambda request, url=url: redirect(url))(in_place(request_of))
        assert given.headers["HX-Redirect"] == led
        assert "Location" not in given.headers


def test_the_way_back_after_signing_in_is_on_this_host(request_of):
    request = request_of(**{"HX-Request": "true", "HX-Current-URL": "https://elsewhere.example/x"})
    given = InPlaceMiddleware(lambda _: redirect("/admin/login/"))(request)
    assert given.headers["HX-Redirect"] == "/admin/login/?next=%2Fadmin%2F"


def test_a_part_of_a_page_leaves_its_address_alone(request_of):
    middleware = InPlaceMiddleware(lambda _: HttpResponse("part"))
    assert middleware(in_place(request_of)).headers["HX-Push-Url"] == "false"
    assert "HX-Push-Url" not in middleware(request_of()).headers
