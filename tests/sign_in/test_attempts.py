"""What is kept of sign-ins at the identity provider that fail."""

from finpulse.identity.models import SignInAttempt


def kept():
    return list(SignInAttempt.objects.order_by("pk").values_list("method", "outcome", "cause", "user__username"))


def test_a_failure_is_kept_with_its_reason_once_a_minute_and_never_what_was_sent(browser):
    for _ in range(3):
        browser.come_back("/oidc/callback/?code=secret&state=secret")
    assert kept() == [("OIDC", "FAILED", "a state that this browser was not given, or has used", None)]
    assert SignInAttempt.objects.get().address == "127.0.0.1"


def test_what_the_provider_does_wrong_is_told_from_whom_it_vouches_for_in_vain(browser, settings):
    browser.claims("nobody", roles=[])
    browser.sign_in("nobody")
    settings.OIDC_RP_CLIENT_SECRET = "another"
    browser.sign_in("nobody")
    (_, refused, why, _), (_, failed, reason, _) = kept()
    assert (refused, why) == ("REFUSED", "no place here")
    assert failed == "FAILED"
    assert reason.startswith("token endpoint answered 4")


def test_a_sign_in_that_succeeds_is_kept_with_its_user(browser):
    browser.claims("bob", roles=["customer_manager"])
    browser.sign_in("bob")
    assert kept() == [("OIDC", "SUCCEEDED", "", "bob")]
