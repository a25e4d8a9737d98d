"""A token of an integration: proposed by one, approved by another, fetched once by who proposed it, kept by nobody."""

import re
import threading
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.utils import timezone

from finpulse.audit.models import AuditEvent
from finpulse.identity.models import ApiToken, User
from finpulse.identity.proposals.service_token import ServiceToken
from finpulse.identity.services import user_set_roles
from finpulse.identity.services.api_tokens import api_token_make, api_token_revoke
from finpulse.identity.services.service_tokens import ApiTokenFetchRefused, api_token_fetch
from finpulse.identity.tests.tokens import again, bearing, let_expire
from finpulse.identity.token_facts import ApiTokenMakeRefused
from finpulse.kernel.proposals import ProposalMakeRefused, proposal_make
from finpulse.kernel.proposals.deciding import ProposalDecideRefused, proposal_approve
from finpulse.kernel.proposals.models import Proposal

ME = "/api/v1/me/"
FACTS = {"name": "feed", "scopes": ["me:read"], "days": 180}


@pytest.fixture
def hugo(people):
    """Another system administrator."""
    user = User.objects.create_user("hugo", first_name="Hugo")
    user_set_roles(user=user, names=("system_administrator",), actor=None, reason="a test")
    return again(user)


def proposed(people, **facts):
    about = {"subject_id": people.script.pk, "payload": FACTS | facts, "reason": "the feed needs it"}
    return proposal_make(kind=ServiceToken.name, actor=people.heidi, **about)


@pytest.fixture
def offered(people, hugo):
    """A token that was approved."""
    proposal_approve(proposal_id=proposed(people).pk, actor=hugo)
    return ApiToken.objects.get()


def test_it_takes_two_and_the_secret_is_made_when_it_is_fetched(people, hugo):
    proposal = proposed(people)
    assert not ApiToken.objects.exists()
    with pytest.raises(ProposalDecideRefused):
        proposal_approve(proposal_id=proposal.pk, actor=people.heidi)
    proposal_approve(proposal_id=proposal.pk, actor=hugo)
    offered = ApiToken.objects.get()
    assert (offered.digest, offered.prefix, offered.state) == (None, "", "to be fetched")
    token, text = api_token_fetch(token_id=offered.pk, actor=people.heidi)
    assert bearing(text).get(ME).json()["username"] == "script"
    assert (token.kind, token.expires_at - token.created_at) == ("SERVICE", timedelta(days=180))
    kept = [*AuditEvent.objects.values_list("detail", flat=True), *Proposal.objects.values_list("payload", flat=True)]
    assert text.split("_")[2] not in str(kept)
    told = dict(AuditEvent.objects.filter(verb__startswith="identity.apitoken.").values_list("verb", "actor"))
    assert told == {"identity.apitoken.offered": hugo.pk, "identity.apitoken.fetched": people.heidi.pk}


def test_it_is_fetched_once(people, offered):
    api_token_fetch(token_id=offered.pk, actor=people.heidi)
    digest = ApiToken.objects.get().digest
    with pytest.raises(ApiTokenFetchRefused, match="already"):
        api_token_fetch(token_id=offered.pk, actor=people.heidi)
    assert ApiToken.objects.get().digest == digest


def _by_another(people, offered):
    return "hugo"


def _late(people, offered):
    ApiToken.objects.update(offered_until=timezone.now())


def _revoked(people, offered):
    api_token_revoke(token_id=offered.pk, actor=people.heidi)


def _no_longer_an_administrator(people, offered):
    user_set_roles(user=people.heidi, names=("auditor",), actor=None, reason="a test")


def _account_left(people, offered):
    User.objects.filter(pk=people.script.pk).update(is_active=False)


@pytest.mark.parametrize(
    ("happened", "word"),
    [
        (_by_another, "who proposed"),
        (_late, "in time"),
        (_revoked, "revoked"),
        (_no_longer_an_administrator, "system administrator"),
        (_account_left, "no integration"),
    ],
)
def test_nobody_fetches_it_who_should_not(people, offered, happened, word):
    who = happened(people, offered) or "heidi"
    with pytest.raises(ApiTokenFetchRefused, match=word):
        api_token_fetch(token_id=offered.pk, actor=again(User.objects.get(username=who)))
    assert ApiToken.objects.get().digest is None


@pytest.mark.parametrize(
    "wrong", [{"scopes": ["nothing:read"]}, {"days": 366}, {"name": " "}, {"scopes": ["products:write"]}]
)
def test_what_no_token_can_be_is_not_proposed(people, wrong):
    with pytest.raises(ProposalMakeRefused):
        proposed(people, **wrong)


def test_only_system_administrators_propose_and_only_for_integrations(people):
    for actor, subject in ((people.erin, people.script), (people.script, people.script), (people.heidi, people.alice)):
        with pytest.raises(ProposalMakeRefused):
            proposal_make(
                kind=ServiceToken.name, actor=actor, subject_id=subject.pk, payload=FACTS, reason="it is needed"
            )


def test_an_integration_makes_no_token_for_itself(people):
    with pytest.raises(ApiTokenMakeRefused):
        api_token_make(name="mine", scopes=["me:read"], days=7, actor=people.script)


def test_two_work_side_by_side_until_the_old_one_is_revoked(people, hugo):
    texts = []
    for name in ("feed", "feed, next"):
        proposal_approve(proposal_id=proposed(people, name=name).pk, actor=hugo)
        token = ApiToken.objects.get(name=name)
        texts.append(api_token_fetch(token_id=token.pk, actor=people.heidi)[1])
    assert [bearing(text).get(ME).status_code for text in texts] == [200, 200]
    api_token_revoke(token_id=ApiToken.objects.get(name="feed").pk, actor=hugo)
    assert [bearing(text).get(ME).status_code for text in texts] == [401, 200]
    let_expire(ApiToken.objects.get(name="feed, next"))
    assert bearing(texts[1]).get(ME).status_code == 401


def test_the_database_holds_an_offer_and_a_secret_apart(people, offered):
    for bad in ({"offered_to": None}, {"digest": "a" * 64}, {"kind": "PERSONAL"}, {"prefix": "abc"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            ApiToken.objects.filter(pk=offered.pk).update(**bad)


def test_the_console_proposes_approves_and_shows_the_secret_once(people, hugo):
    heidi, other = Client(), Client()
    for client, user in ((heidi, people.heidi), (other, hugo)):
        client.force_login(user, backend="finpulse.identity.backends.RoleAndScopeBackend")
    typed = FACTS | {"user": people.script.pk, "reason": "the feed needs it"}
    assert heidi.post("/admin/identity/apitoken/propose/", typed).status_code == 302
    page = f"/admin/kernel/proposal/{Proposal.objects.get().pk}/"
    assert "read me" in other.get(page).content.decode()
    other.post(f"{page}approve/")
    token = ApiToken.objects.get()
    assert "Show its secret" in heidi.get("/admin/identity/api-tokens/").content.decode()
    assert "Show its secret" not in other.get("/admin/identity/api-tokens/").content.decode()
    url = f"/admin/identity/apitoken/{token.pk}/fetch/"
    assert other.post(url).status_code == 302
    text = re.search(r"fp_\w+", heidi.post(url).content.decode()).group()
    assert bearing(text).get(ME).json()["username"] == "script"
    assert text not in heidi.post(url, follow=True).content.decode()


def test_where_the_bank_asks_for_no_second_person_it_is_ready_at_once(people, settings):
    settings.DUAL_CONTROL_OFF = [ServiceToken.name]
    assert proposed(people) is None
    assert ApiToken.objects.get().offered_to == people.heidi


@pytest.mark.django_db(transaction=True)
def test_fetched_by_two_at_once_it_is_shown_to_one(people, offered):
    texts, refused = [], []

    def fetch():
        try:
            texts.append(api_token_fetch(token_id=offered.pk, actor=people.heidi)[1])
        except ApiTokenFetchRefused as refusal:
            refused.append(str(refusal))
        finally:
            connection.close()

    together(fetch, fetch)
    assert (len(texts), len(refused)) == (1, 1)
    assert bearing(texts[0]).get(ME).status_code == 200


def together(*deeds):
    gate = threading.Barrier(len(deeds))

    def at_once(deed):
        gate.wait()
        deed()

    threads = [threading.Thread(target=at_once, args=[deed]) for deed in deeds]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
