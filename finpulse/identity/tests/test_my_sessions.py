"""Where somebody is signed in, on screen: seen and ended by himself and by who keeps the users."""

import pytest
from django.test import Client
from django.utils import timezone

from finpulse.audit.models import AuditEvent
from finpulse.identity.agents import agent_in_words
from finpulse.identity.models import SignInSession
from finpulse.identity.services import SessionEndRefused, session_end, sessions_end_of
from finpulse.identity.tests.rows import make_sign_in

OWN = "/admin/identity/signinsession/"


def signed_in(user):
    client = Client()
    client.force_login(user, backend="finpulse.identity.backends.RoleAndScopeBackend")
    return client


def running(user):
    return SignInSession.objects.filter(user=user, ended_at__isnull=True)


def test_ones_own_sign_ins_are_listed_with_this_one_marked_and_nobody_elses(people):
    here, other = signed_in(people.alice), make_sign_in(people.alice)
    make_sign_in(people.bob)
    rows = here.get(OWN).context["rows"]
    assert {row["sign_in"].pk == other.pk: row["here"] for row in rows} == {True: False, False: True}
    page = here.get(OWN).content.decode()
    assert "Firefox on Linux" in page
    assert "192.0.2.7" in page


def test_one_that_is_over_by_the_clock_is_not_listed(people):
    here, other = signed_in(people.alice), make_sign_in(people.alice)
    SignInSession.objects.filter(pk=other.pk).update(expires_at=timezone.now())
    assert len(here.get(OWN).context["rows"]) == 1


def test_one_is_ended_once_and_the_trail_says_by_whom(people):
    here, elsewhere = signed_in(people.alice), signed_in(people.alice)
    other = running(people.alice).latest("pk")
    for words in ("ended.", "had ended already"):
        page = here.post(f"{OWN}{other.pk}/end/", follow=True)
        assert words in page.content.decode()
    led = elsewhere.get("/admin/")
    assert "You ended this sign-in from another one." in elsewhere.get(led.headers["Location"]).content.decode()
    assert AuditEvent.objects.get(verb="identity.user.session_ended").actor == people.alice
    assert here.get("/admin/").status_code == 200


def test_all_others_end_at_once_and_this_one_goes_on(people):
    here = signed_in(people.alice)
    for user in (people.alice, people.alice, people.bob):
        make_sign_in(user)
    assert "2 sign-ins ended." in here.post(f"{OWN}others/end/", follow=True).content.decode()
    assert "no other sign-in" in here.post(f"{OWN}others/end/", follow=True).content.decode()
    assert (running(people.alice).count(), running(people.bob).count()) == (1, 1)


def test_a_system_administrator_ends_those_of_a_user_from_his_page(people):
    alice, heidi = signed_in(people.alice), signed_in(people.heidi)
    make_sign_in(people.alice)
    place = f"/admin/identity/user/{people.alice.pk}/"
    assert f"{place}sessions/" in heidi.get(f"{place}change/").content.decode()
    assert "End all 2" in heidi.get(f"{place}sessions/").content.decode()
    assert heidi.post(f"{OWN}{running(people.alice).latest('pk').pk}/end/").headers["Location"] == f"{place}sessions/"
    assert "1 sign-in ended." in heidi.post(f"{place}sessions/end/", follow=True).content.decode()
    assert "A system administrator ended" in alice.get("/api/v1/me/").json()["detail"]
    assert "Not signed in" in heidi.get(f"{place}sessions/").content.decode()


@pytest.mark.parametrize("username", ["bob", "dana", "erin", "frank", "grace"])
def test_nobody_else_ends_a_sign_in_or_learns_of_it(username, people):
    other, actor = make_sign_in(people.alice), getattr(people, username)
    client = signed_in(actor)
    assert client.post(f"{OWN}{other.pk}/end/").status_code == 404
    assert client.get(f"/admin/identity/user/{people.alice.pk}/sessions/").status_code == 404
    with pytest.raises(SessionEndRefused):
        session_end(sign_in_id=other.pk, actor=actor, now=timezone.now())
    with pytest.raises(SessionEndRefused):
        sessions_end_of(user=people.alice, actor=actor, now=timezone.now())
    assert running(people.alice).get() == other


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        (
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36 Edg/140.0",
            "Edge on Windows",
        ),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Mobile/15E148 Safari/604.1",
            "Safari on an iPhone",
        ),
        (
            "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 Chrome/140.0 Safari/537.36",
            "Chrome on a Mac",
        ),
        ("curl/8.5.0", "curl"),
        ("<script>alert(1)</script>", "Another program"),
        ("", "Not known"),
    ],
)
def test_a_browser_is_told_in_words(agent, words):
    assert agent_in_words(agent) == words
