"""TCP ports of 127.0.0.1."""

import secrets
import socket
from collections.abc import Container

from finpulse.local.errors import LocalServiceError

# Below the range from which Linux and macOS take the ports of outgoing connections, so that none of those takes ours.
FIRST, LAST = 20_000, 32_000


def is_free(port: int) -> bool:
    """Tell whether a server could listen on this port of 127.0.0.1 now."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def pick(taken: Container[int] = ()) -> int:
    """Give a free port that is not among those taken.

    :raises LocalServiceError: if a thousand tries find none.
    """
    for _ in range(1000):
        port = FIRST + secrets.randbelow(LAST - FIRST)
        if port not in taken and is_free(port):
            return port
    raise LocalServiceError(f"No free port of 127.0.0.1 between {FIRST} and {LAST} was found; end what uses them.")
