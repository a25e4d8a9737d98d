"""Below /oidc/. The names of the first two are those that mozilla-django-oidc looks up."""

from django.urls import path

from finpulse.identity.oidc.logout import BackChannelLogout
from finpulse.identity.oidc.views import SignInEnd, SignInStart

urlpatterns = [
    path("authenticate/", SignInStart.as_view(), name="oidc_authentication_init"),
    path("callback/", SignInEnd.as_view(), name="oidc_authentication_callback"),
    path("backchannel-logout/", BackChannelLogout.as_view(), name="oidc_backchannel_logout"),
]
