"""From where a request comes, told by proxies that are ours and by nobody else."""

from __future__ import annotations

from functools import lru_cache
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest

Address = IPv4Address | IPv6Address
FORWARDED = "X-Forwarded-For"


def client_address(request: HttpRequest) -> str | None:
    """Give the address of the rightmost hop that is no proxy of ours (TRUSTED_PROXIES), None where none is known.

    What stands left of it was written by that hop, and may be anything.
    """
    address = _parsed(request.META.get("REMOTE_ADDR", ""))
    for hop in reversed(request.headers.get(FORWARDED, "").split(",")):
        if address is None or not _is_ours(address):
            break
        address = _parsed(hop) or address
    return None if address is None else str(address)


def _parsed(text: str) -> Address | None:
    try:
        address = ip_address(text.strip().partition("%")[0])
    except ValueError:
        return None
    return getattr(address, "ipv4_mapped", None) or address


def _is_ours(address: Address) -> bool:
    return any(address in network for network in _networks(tuple(settings.TRUSTED_PROXIES)))


@lru_cache(maxsize=4)
def _networks(texts: tuple[str, ...]) -> tuple[IPv4Network | IPv6Network, ...]:
    return tuple(ip_network(text) for text in texts)
