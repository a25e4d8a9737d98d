"""A sign-in from its beginning to its end, by every method and on every surface."""

from datetime import timedelta
from itertools import product

import pytest
from django.contrib.sessions.models import Session
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from finpulse.audit.models import AuditEvent
from finpulse.identity.models import SignInSession, User
from finpulse.identity.services import sign_in_end, sign_in_rekey, sign_in_touch, sign_ins_end, sign_ins_expire
from finpulse.identity.session_store import SessionStore
from tests.services.valkey import valkey_node

BACKEND = "finpulse.identity.backends.RoleAndScopeBackend"
PAGE, RESOURCE, VERB = "/admin/crm/customer/", "/api/v1/customers/", "/admin/notifications/message/read/"
METHODS = ("get", "post", "head", "put", "patch", "delete", "options")
IDLE, ABSOLUTE = timedelta(minutes=30), timedelta(hours=10)
ALMOST = timedelta(seconds=5)
IN_PLACE = {"HX-Request": "true", "HX-Current-URL": "http://testserver/admin/crm/task/"}


@pytest.fixture
def client(people):
    browser = Client(headers={"user-agent": "Firefox on Linux"}, REMOTE_ADDR="192.0.2.7")
    browser.force_login(people.alice, backend=BACKEND)
    return browser


def sign_in_of(username="alice"):
    return SignInSession.objects.filter(user__username=username).latest("pk")


def age(*, started, seen):
    """Have alice's sign-in begun and been seen so long ago."""
    sign_in, now = sign_in_of(), timezone.now()
    facts = {"started_at": now - started, "seen_at": now - seen, "expires_at": now - started + ABSOLUTE}
    SignInSession.objects.filter(pk=sign_in.pk).update(**facts)


def post_a_sign_in(username="alice"):
    browser = Client()
    facts = {"username": username, "password": "finpulse-demo", "next": "/admin/"}
    return browser, browser.post("/admin/login/?next=/admin/", facts)


def give_password(user):
    user.set_password("finpulse-demo")
    User.objects.filter(pk=user.pk).update(password=user.password)


def test_a_sign_in_is_a_row_that_says_who_how_and_from_where(client, people):
    client.get(PAGE)
    sign_in = sign_in_of()
    assert (sign_in.user, sign_in.method, sign_in.ended_at) == (people.alice, "PASSWORD", None)
    assert sign_in.session_id == client.session.session_key
    assert sign_in.expires_at - sign_in.started_at == ABSOLUTE
    told = AuditEvent.objects.get(verb="identity.user.signed_in")
    assert (told.actor, told.detail) == (people.alice, {"sign_in": sign_in.pk, "method": "PASSWORD"})


def test_the_row_of_a_form_sent_keeps_address_and_browser_to_their_length(people):
    give_password(people.alice)
    Client().post(
        "/admin/login/?next=/admin/",
        {"username": "alice", "password": "finpulse-demo"},
        headers={"user-agent": "x" * 900},
        REMOTE_ADDR="192.0.2.7",
    )
    sign_in = sign_in_of()
    assert (sign_in.address, sign_in.agent) == ("192.0.2.7", "x" * 300)


def test_the_key_that_a_browser_had_before_signs_nobody_in_afterwards(people):
    give_password(people.alice)
    planted = SessionStore()
    planted["seen"] = "something"
    planted.create()
    victim, thief = Client(), Client()
    for browser in (victim, thief):
        browser.cookies["sessionid"] = planted.session_key
    victim.post("/admin/login/?next=/admin/", {"username": "alice", "password": "finpulse-demo"})
    assert victim.get("/admin/").status_code == 200
    assert victim.session.session_key != planted.session_key
    assert thief.get("/admin/").status_code == 302


@pytest.mark.parametrize(
    ("started", "seen", "reason"),
    [(IDLE, IDLE, "IDLE"), (ABSOLUTE, timedelta(0), "ABSOLUTE")],
)
def test_both_limits_hold_for_every_method_of_a_page_and_of_the_api(started, seen, reason, people):
    for method, (url, status) in product(METHODS, {RESOURCE: 401, PAGE: 302}.items()):
        client = Client()
        client.force_login(people.alice, backend=BACKEND)
        age(started=started, seen=seen)
        assert getattr(client, method)(url).status_code == status, (method, url)
        assert sign_in_of().end_reason == reason
        assert not Session.objects.filter(pk=sign_in_of().session_id).exists()


@pytest.mark.parametrize(("started", "seen"), [(IDLE, IDLE - ALMOST), (ABSOLUTE - ALMOST, timedelta(0))])
@pytest.mark.parametrize("url", [PAGE, RESOURCE])
def test_a_sign_in_goes_on_until_its_last_moment(started, seen, url, client):
    age(started=started, seen=seen)
    assert client.get(url).status_code == 200
    assert sign_in_of().ended_at is None


def test_a_page_leads_to_the_sign_in_page_says_why_and_comes_back(client):
    age(started=IDLE, seen=IDLE)
    led = client.get(f"{PAGE}?q=novak")
    assert led.headers["Location"] == "/admin/login/?next=/admin/crm/customer/%3Fq%3Dnovak"
    assert (
        "You were signed out after 30 minutes without activity." in client.get(led.headers["Location"]).content.decode()
    )


def test_a_form_sent_too_late_comes_back_to_its_page_and_not_to_its_verb(client):
    age(started=IDLE, seen=IDLE)
    led = client.post(VERB, headers={"referer": "http://testserver/admin/crm/task/?o=1"})
    assert led.headers["Location"] == "/admin/login/?next=http%3A%2F%2Ftestserver%2Fadmin%2Fcrm%2Ftask%2F%3Fo%3D1"


def test_a_change_in_place_leads_the_whole_page(client):
    age(started=IDLE, seen=IDLE)
    answer = client.post(VERB, headers=IN_PLACE)
    assert answer.status_code == 204
    assert answer.headers["HX-Redirect"] == "/admin/login/?next=%2Fadmin%2Fcrm%2Ftask%2F"
    assert "30 minutes without activity" in client.get(answer.headers["HX-Redirect"]).content.decode()


def test_the_api_answers_a_problem_document_that_says_why(client):
    age(started=ABSOLUTE, seen=timedelta(0))
    answer = client.post(RESOURCE, "{}", content_type="application/json")
    assert (answer.status_code, answer.headers["Content-Type"]) == (401, "application/problem+json")
    assert answer.headers["WWW-Authenticate"] == "Bearer"
    assert "had lasted as long as one may" in answer.json()["detail"]


def test_the_clock_ends_what_is_over_without_a_request_and_the_browser_hears_why(client, people):
    now = timezone.now()
    assert sign_ins_expire(now=now + IDLE - ALMOST) == 0
    assert sign_ins_expire(now=now + IDLE) == 1
    assert sign_ins_expire(now=now + IDLE) == 0
    told = AuditEvent.objects.get(verb="identity.user.session_ended")
    assert (told.actor, told.subject_id) == (None, people.alice.pk)
    assert told.detail == {"sign_in": sign_in_of().pk, "why": "IDLE"}
    led = client.get("/admin/")
    assert "30 minutes without activity" in client.get(led.headers["Location"]).content.decode()
    assert "30 minutes" not in client.get("/admin/login/").content.decode()


def test_the_clock_ends_a_busy_one_by_its_absolute_limit_and_that_of_a_leaver_at_once(client, people):
    sign_in = sign_in_of()
    SignInSession.objects.filter(pk=sign_in.pk).update(seen_at=sign_in.started_at + ABSOLUTE)
    assert sign_ins_expire(now=sign_in.started_at + ABSOLUTE) == 1
    assert sign_in_of().end_reason == "ABSOLUTE"
    Client().force_login(people.bob, backend=BACKEND)
    User.objects.filter(username="bob").update(is_active=False)
    assert sign_ins_expire(now=timezone.now()) == 1
    assert sign_in_of("bob").end_reason == "DEACTIVATED"


def test_who_is_deactivated_is_out_at_his_next_request_and_hears_it(client):
    assert client.get(PAGE).status_code == 200
    User.objects.filter(username="alice").update(is_active=False)
    assert "deactivated" in client.get(RESOURCE).json()["detail"]
    assert sign_in_of().end_reason == "DEACTIVATED"


def test_a_request_is_written_down_once_a_minute_at_most(client):
    age(started=2 * IDLE, seen=timedelta(seconds=50))
    before = sign_in_of().seen_at
    client.get(RESOURCE)
    assert sign_in_of().seen_at == before
    age(started=2 * IDLE, seen=timedelta(seconds=60))
    client.get(RESOURCE)
    assert timezone.now() - sign_in_of().seen_at < ALMOST


def test_an_ordinary_request_reads_session_sign_in_and_user_in_two_queries(client):
    client.get("/api/v1/me/")
    with CaptureQueriesContext(connection) as caught:
        assert client.get("/api/v1/me/").status_code == 200
    asked = [query["sql"] for query in caught if not query["sql"].startswith(("SAVEPOINT", "RELEASE"))]
    assert len(asked) == 2, asked
    assert '"identity_signinsession"' in asked[0]


def test_who_signs_out_ends_his_sign_in_once(client, people):
    key = client.session.session_key
    client.post("/admin/logout/")
    assert sign_in_of().end_reason == "SIGNED_OUT"
    assert AuditEvent.objects.get(verb="identity.user.session_ended").actor == people.alice
    client.cookies["sessionid"] = key
    assert client.get("/admin/").status_code == 302
    assert "signed out" not in client.get("/admin/login/").content.decode().lower().replace("you are signed out", "")


def test_signing_in_again_in_the_same_browser_replaces_the_sign_in(people):
    for user in (people.alice, people.bob):
        give_password(user)
    browser, _ = post_a_sign_in("alice")
    for username in ("alice", "bob"):
        browser.post("/admin/login/?next=/admin/", {"username": username, "password": "finpulse-demo"})
    reasons = list(SignInSession.objects.order_by("pk").values_list("user__username", "end_reason"))
    assert reasons == [("alice", "REPLACED"), ("alice", "REPLACED"), ("bob", "")]
    assert browser.get("/admin/").context["user"].username == "bob"


def test_a_changed_password_keeps_this_sign_in_and_ends_the_others(people):
    give_password(people.alice)
    here, elsewhere = post_a_sign_in()[0], post_a_sign_in()[0]
    words = {"new_password1": "correct horse battery", "new_password2": "correct horse battery"}
    here.post("/admin/password_change/", {"old_password": "finpulse-demo", **words})
    assert (here.get("/admin/").status_code, elsewhere.get("/admin/").status_code) == (200, 302)
    assert SignInSession.objects.filter(ended_at__isnull=True).count() == 1


def test_one_that_ended_cannot_be_revived_by_a_request_under_way(client):
    under_way = SessionStore(client.session.session_key)
    assert under_way["_auth_user_id"]
    sign_in_end(sign_in_id=sign_in_of().pk, reason="ENDED_BY_ADMINISTRATOR", actor=None, now=timezone.now())
    under_way.cycle_key()
    client.cookies["sessionid"] = under_way.session_key
    assert client.get(RESOURCE).status_code == 401
    assert not sign_in_rekey(sign_in=sign_in_of(), session_key="another")
    sign_in_touch(sign_in=sign_in_of(), now=timezone.now() + IDLE)
    assert sign_in_of().seen_at < timezone.now()


def test_a_session_that_names_somebody_without_a_sign_in_holds_nobody(client, people):
    data = dict(client.session.items())
    forged = SessionStore()
    forged.update(data)
    forged.create()
    client.cookies["sessionid"] = forged.session_key
    assert client.get(RESOURCE).status_code == 401


def test_ending_holds_while_the_cache_dies_and_after_it_is_back(client, settings, tmp_path):
    with valkey_node(tmp_path) as node:
        settings.CACHES = {"default": settings.CACHES["default"] | {"LOCATION": node.url}}
        assert client.get(RESOURCE).status_code == 200
        node.kill()
        sign_in_end(sign_in_id=sign_in_of().pk, reason="PROVIDER", actor=None, now=timezone.now())
        assert client.get(RESOURCE).status_code == 401
        node.start()
        assert client.get(RESOURCE).status_code == 401
        client.cookies["sessionid"] = sign_in_of().session_id
        assert client.get(RESOURCE).status_code == 401


def test_ending_twice_is_ending_once_and_those_of_one_user_end_together(client, people):
    others = [Client(), Client()]
    for other in others:
        other.force_login(people.alice, backend=BACKEND)
    kept = SignInSession.objects.filter(user=people.alice).earliest("pk")
    facts = {"user": people.alice, "reason": "ENDED_BY_USER", "actor": people.alice, "now": timezone.now()}
    assert sign_ins_end(**facts, but=kept.pk) == 2
    assert sign_ins_end(**facts, but=kept.pk) == 0
    assert AuditEvent.objects.filter(verb="identity.user.session_ended").count() == 2
    assert [browser.get(RESOURCE).status_code for browser in (client, *others)] == [200, 401, 401]
    assert not sign_in_end(sign_in_id=sign_in_of().pk, reason="PROVIDER", actor=None, now=timezone.now())
    assert sign_in_of().end_reason == "ENDED_BY_USER"


def test_nobody_named_is_not_everybody(db):
    with pytest.raises(ValueError):
        sign_ins_end(reason="PROVIDER", actor=None, now=timezone.now())


def test_a_health_check_reads_no_session(client):
    with CaptureQueriesContext(connection) as caught:
        assert client.get("/healthz").status_code == 200
    assert len(caught) == 0


@pytest.mark.parametrize("facts", [{"end_reason": "IDLE"}, {"ended_at": timezone.now()}])
def test_the_database_keeps_end_and_reason_together(client, facts):
    with pytest.raises(IntegrityError), transaction.atomic():
        SignInSession.objects.filter(pk=sign_in_of().pk).update(**facts)
