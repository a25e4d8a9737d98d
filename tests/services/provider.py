"""The demo sign-in provider on the loopback address."""

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import werkzeug.serving

from finpulse.local.provider.app import make_app


@contextmanager
def running(secret: str) -> Iterator[str]:
    """Give the issuer of a running provider, whose client proves itself by this secret."""
    os.environ["AUTHLIB_INSECURE_TRANSPORT"] = "1"
    server = werkzeug.serving.make_server("127.0.0.1", 0, make_app(secret), threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
