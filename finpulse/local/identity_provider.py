"""Run the demo sign-in provider: python -m finpulse.local.identity_provider."""

import logging
import os
import signal
import sys
import warnings

import werkzeug.serving
from authlib.deprecate import AuthlibDeprecationWarning

from finpulse.local import records
from finpulse.local.state import port, record_path, secret


def main() -> None:
    """Serve the demo provider on 127.0.0.1 until a signal ends it."""
    # Its library refuses plain http otherwise; this server is on the loopback address only.
    os.environ["AUTHLIB_INSECURE_TRANSPORT"] = "1"
    # The pinned library is the last for Python 3.11; its use of authlib's old names is not news to whoever runs it.
    warnings.simplefilter("ignore", AuthlibDeprecationWarning)
    from finpulse.local.provider.app import make_app

    logging.getLogger("werkzeug").setLevel(logging.WARNING)
    signal.signal(signal.SIGTERM, lambda _number, _frame: sys.exit())
    server = werkzeug.serving.make_server("127.0.0.1", port("issuer"), make_app(secret("oidc_client")), threaded=True)
    records.write(record_path("issuer"), os.getpid(), port("issuer"))
    server.serve_forever()


if __name__ == "__main__":
    main()
