"""From where a request comes: proxies of ours are believed, and nobody else."""

import pytest
from django.test import RequestFactory

from finpulse.kernel.client_address import client_address

OURS = ["10.0.0.0/8", "fd00::/8"]


@pytest.mark.parametrize(
    ("peer", "forwarded", "address"),
    [
        ("192.0.2.7", "", "192.0.2.7"),
        ("192.0.2.7", "198.51.100.1", "192.0.2.7"),
        ("10.0.0.1", "198.51.100.1", "198.51.100.1"),
        ("10.0.0.1", "203.0.113.9, 198.51.100.1", "198.51.100.1"),
        ("10.0.0.1", "10.9.9.9, 198.51.100.1, 10.0.0.2", "198.51.100.1"),
        ("10.0.0.1", "", "10.0.0.1"),
        ("10.0.0.1", "unknown", "10.0.0.1"),
        ("10.0.0.1", "<script>, 10.0.0.3", "10.0.0.3"),
        ("::ffff:10.0.0.1", "2001:db8::1", "2001:db8::1"),
        ("fd00::1", "::ffff:198.51.100.1", "198.51.100.1"),
        ("", "198.51.100.1", None),
    ],
)
def test_the_rightmost_hop_that_is_not_ours_is_the_client(peer, forwarded, address, settings):
    settings.TRUSTED_PROXIES = OURS
    request = RequestFactory().get("/", REMOTE_ADDR=peer, headers={"x-forwarded-for": forwarded})
    assert client_address(request) == address


def test_without_a_proxy_of_ours_the_header_is_anybodys(settings):
    settings.TRUSTED_PROXIES = []
    request = RequestFactory().get("/", REMOTE_ADDR="10.0.0.1", headers={"x-forwarded-for": "198.51.100.1"})
    assert client_address(request) == "10.0.0.1"
