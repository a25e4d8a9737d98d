"""`make run`, whole: from an empty folder to a page, and from Ctrl-C to nothing."""

import signal

import requests

from finpulse.identity.demo_accounts import DEMO_ACCOUNTS
from finpulse.local import ports
from tests.run.checkout import Checkout, gone

READY = "FinPulse is ready after "


def test_a_first_start_serves_and_ctrl_c_ends_everything(checkout: Checkout) -> None:
    port = ports.pick()
    process = checkout.start("-m", "finpulse.local", "run", "--port", str(port))
    assert process.stdout
    assert process.stderr
    said = []
    for line in process.stdout:
        said.append(line)
        if READY in line:
            break
    assert f"http://127.0.0.1:{port}" in "".join(said), "".join(said)
    assert requests.get(f"http://127.0.0.1:{port}/healthz", timeout=5).status_code == 200

    process.send_signal(signal.SIGINT)

    rest, errors = process.stdout.read(), process.stderr.read()
    assert (process.wait(15), errors) == (0, "")
    assert all(account.full_name in rest for account in DEMO_ACCOUNTS)
    gone(checkout, seconds=1)
