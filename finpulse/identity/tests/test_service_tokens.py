"""A token of an integration: proposed by one, approved by another, fetched once by a third, and kept by nobody."""

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
from finpulse.identity.services import user_deactivate, user_set_roles
from finpulse.identity.services.api_token_ends import api_tokens_of_leavers_end
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
    payload = FACTS | {"keeper": people.dana.pk} | facts
    about = {"subject_id": people.script.pk, "payload": payload, "reason": "the feed needs it"}
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
    token, text = api_token_fetch(token_id=offered.pk, actor=people.dana)
    assert bearing(text).get(ME).json()["username"] == "script"
    assert (token.kind, token.expires_at - token.created_at) == ("SERVICE", timedelta(days=180))
    kept = [*AuditEvent.objects.values_list("detail", flat=True), *Proposal.objects.values_list("payload", flat=True)]
    assert text.split("_")[2] not in str(kept)
    told = dict(AuditEvent.objects.filter(verb__startswith="identity.apitoken.").values_list("verb", "actor"))
    assert told == {"identity.apitoken.offered": hugo.pk, "identity.apitoken.fetched": people.dana.pk}


def test_it_is_fetched_once(people, offered):
    api_token_fetch(token_id=offered.pk, actor=people.dana)
    digest = ApiToken.objects.get().digest
    with pytest.raises(ApiTokenFetchRefused, match="already"):
        api_token_fetch(token_id=offered.pk, actor=people.dana)
    assert ApiToken.objects.get().digest == digest


def _by_another(people, offered):
    return "hugo"


def _late(people, offered):
    ApiToken.objects.update(offered_until=timezone.now())


def _revoked(people, offered):
    api_token_revoke(token_id=offered.pk, actor=people.heidi)


def _by_who_proposed(people, offered):
    return "heidi"


def _gives_access_by_now(people, offered):
    people.dana.groups.set(people.heidi.groups.all())


def _account_left(people, offered):
    User.objects.filter(pk=people.script.pk).update(is_active=False)


@pytest.mark.parametrize(
    ("happened", "word"),
    [
        (_by_another, "who answers"),
        (_by_who_proposed, "who answers"),
        (_late, "in time"),
        (_revoked, "revoked"),
        (_gives_access_by_now, "somebody else answers"),
        (_account_left, "no integration"),
    ],
)
def test_nobody_fetches_it_who_should_not(people, offered, happened, word):
    who = happened(people, offered) or "dana"
    with pytest.raises(ApiTokenFetchRefused, match=word):
        api_token_fetch(token_id=offered.pk, actor=again(User.objects.get(username=who)))
    assert ApiToken.objects.get().digest is None


@pytest.mark.parametrize(
    "wrong",
    [{"scopes": ["nothing:read"]}, {"days": 366}, {"name": " "}, {"scopes": ["products:write"]}, {"keeper": None}],
)
def test_what_no_token_can_be_is_not_proposed(people, wrong):
    with pytest.raises(ProposalMakeRefused):
        proposed(people, **wrong)


def test_only_system_administrators_propose_and_only_for_integrations(people):
    for actor, subject in ((people.erin, people.script), (people.script, people.script), (people.heidi, people.alice)):
        with pytest.raises(ProposalMakeRefused):
            proposal_make(
                kind=ServiceToken.name,
                actor=actor,
                subject_id=subject.pk,
                payload=FACTS | {"keeper": people.dana.pk},
                reason="it is needed",
            )


@pytest.mark.parametrize("username", ["heidi", "hugo", "script", "leaver", "guest"])
def test_nobody_answers_for_it_who_gives_access_or_does_not_work_with_customers_himself(people, hugo, username):
    """Who proposes or approves it, the account itself, a leaver, somebody without a role."""
    User.objects.create_user("guest")
    User.objects.create_user("leaver", is_active=False).groups.set(people.dana.groups.all())
    with pytest.raises(ProposalMakeRefused, match=r"somebody else answers|may not answer"):
        proposed(people, keeper=User.objects.get(username=username).pk)


def test_who_may_not_answer_for_it_by_the_time_of_the_approval_gets_none(people, hugo):
    proposal = proposed(people)
    user_set_roles(user=people.dana, names=("product_administrator",), actor=None, reason="a test")
    with pytest.raises(ProposalDecideRefused, match="may not answer"):
        proposal_approve(proposal_id=proposal.pk, actor=hugo)
    assert not ApiToken.objects.exists()


def _deactivated(people):
    user_deactivate(user=people.dana, actor=people.heidi, reason="left")


def _without_a_role(people):
    user_set_roles(user=people.dana, names=(), actor=None, reason="a test")


def _of_another_trade(people):
    user_set_roles(user=people.dana, names=("product_administrator",), actor=None, reason="a test")


def _gone_at_the_source(people):
    User.objects.filter(pk=people.dana.pk).update(is_active=False)
    api_tokens_of_leavers_end(now=timezone.now())


def _given_access_at_the_source(people):
    people.dana.groups.set(people.heidi.groups.all())
    api_tokens_of_leavers_end(now=timezone.now())


@pytest.mark.parametrize(
    "left", [_deactivated, _without_a_role, _of_another_trade, _gone_at_the_source, _given_access_at_the_source]
)
def test_it_ends_with_who_answers_for_it_and_that_is_told(people, offered, left):
    _, text = api_token_fetch(token_id=offered.pk, actor=people.dana)
    assert api_tokens_of_leavers_end(now=timezone.now()) == 0
    left(people)
    assert bearing(text).get(ME).status_code == 401
    ended = AuditEvent.objects.get(verb="identity.apitoken.revoked")
    assert ended.detail == {"user": people.script.pk, "why": "KEEPER_LEFT"}
    User.objects.filter(pk=people.dana.pk).update(is_active=True)
    user_set_roles(user=people.dana, names=("supervisor",), actor=None, reason="back")
    assert bearing(text).get(ME).status_code == 401


def test_an_older_one_that_nobody_answers_for_goes_on_and_is_shown_so(people, offered):
    _, text = api_token_fetch(token_id=offered.pk, actor=people.dana)
    ApiToken.objects.update(keeper=None)
    assert api_tokens_of_leavers_end(now=timezone.now()) == 0
    assert bearing(text).get(ME).status_code == 200
    assert "nobody" in in_console(people.heidi).get("/admin/identity/apitoken/").content.decode()


def test_an_integration_makes_no_token_for_itself(people):
    with pytest.raises(ApiTokenMakeRefused):
        api_token_make(name="mine", scopes=["me:read"], days=7, actor=people.script)


def test_two_work_side_by_side_until_the_old_one_is_revoked(people, hugo):
    texts = []
    for name in ("feed", "feed, next"):
        proposal_approve(proposal_id=proposed(people, name=name).pk, actor=hugo)
        token = ApiToken.objects.get(name=name)
        texts.append(api_token_fetch(token_id=token.pk, actor=people.dana)[1])
    assert [bearing(text).get(ME).status_code for text in texts] == [200, 200]
    api_token_revoke(token_id=ApiToken.objects.get(name="feed").pk, actor=hugo)
    assert [bearing(text).get(ME).status_code for text in texts] == [401, 200]
    let_expire(ApiToken.objects.get(name="feed, next"))
    assert bearing(texts[1]).get(ME).status_code == 401


def test_the_database_holds_an_offer_and_a_secret_apart(people, offered):
    for bad in (
        {"keeper": None},
        {"keeper": people.script.pk},
        {"digest": "a" * 64},
        {"kind": "PERSONAL"},
        {"prefix": "abc"},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            ApiToken.objects.filter(pk=offered.pk).update(**bad)


def in_console(user):
    client = Client()
    client.force_login(user, backend="finpulse.identity.backends.RoleAndScopeBackend")
    return client


OWN = "/admin/identity/api-tokens/"


def test_the_console_proposes_and_approves_and_says_who_answers_for_it(people, hugo):
    heidi, other = in_console(people.heidi), in_console(hugo)
    typed = FACTS | {"user": people.script.pk, "keeper": "heidi", "reason": "the feed needs it"}
    refused = heidi.post("/admin/identity/apitoken/propose/", typed)
    assert refused.context["form"].errors["keeper"]
    assert heidi.post("/admin/identity/apitoken/propose/", typed | {"keeper": "dana"}).status_code == 302
    page = f"/admin/kernel/proposal/{Proposal.objects.get().pk}/"
    told = other.get(page).content.decode()
    assert "read me" in told
    assert str(people.dana) in told
    other.post(f"{page}approve/")
    assert ApiToken.objects.get().keeper == people.dana


def test_the_console_shows_the_secret_once_to_who_answers_for_it_and_to_nobody_else(people, hugo, offered):
    dana, others = in_console(people.dana), [in_console(user) for user in (people.heidi, hugo, people.alice)]
    url = f"{OWN}{offered.pk}/fetch/"
    assert "Show its secret" in dana.get(OWN).content.decode()
    assert [client.post(url).status_code for client in others] == [404] * 3
    assert "Show its secret" not in "".join(client.get(OWN).content.decode() for client in others)
    text = re.search(r"fp_\w+", dana.post(url).content.decode()).group()
    assert bearing(text).get(ME).json()["username"] == "script"
    assert text not in dana.post(url, follow=True).content.decode()


def test_who_answers_for_it_has_it_among_his_own_and_revokes_it(people, offered):
    token, text = api_token_fetch(token_id=offered.pk, actor=people.dana)
    dana = in_console(people.dana)
    assert f"fp_{token.prefix}" in dana.get(OWN).content.decode()
    leaving = in_console(people.heidi).get(f"/admin/identity/user/{people.dana.pk}/deactivate/").content.decode()
    assert "feed of" in leaving
    assert dana.post(f"/admin/identity/apitoken/{token.pk}/revoke/").headers["Location"] == OWN
    assert bearing(text).get(ME).status_code == 401


def test_where_the_bank_asks_for_no_second_person_it_is_ready_at_once(people, settings):
    settings.DUAL_CONTROL_OFF = [ServiceToken.name]
    assert proposed(people) is None
    assert ApiToken.objects.get().keeper == people.dana


@pytest.mark.django_db(transaction=True)
def test_fetched_by_two_at_once_it_is_shown_to_one(people, offered):
    texts, refused = [], []

    def fetch():
        try:
            texts.append(api_token_fetch(token_id=offered.pk, actor=people.dana)[1])
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
