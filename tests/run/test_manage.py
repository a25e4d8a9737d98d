"""manage.py: alone it brings the services and takes them away; beside others it uses theirs."""

from tests.run.checkout import Checkout, gone, release

COUNT = "from django.db import connection as c; c.ensure_connection(); print(c.settings_dict['USER'])"


def test_a_command_alone_has_the_services_for_its_duration(checkout: Checkout) -> None:
    answer = checkout.run("manage.py", "shell", "--no-imports", "-c", COUNT)

    assert answer.stdout == "finpulse_web\n", answer.stderr
    gone(checkout)


def test_a_command_beside_others_uses_theirs(checkout: Checkout) -> None:
    holder, _ = checkout.hold()
    server = checkout.server("postgres")

    answer = checkout.run("manage.py", "shell", "--no-imports", "-c", COUNT)

    assert answer.stdout == "finpulse_web\n", answer.stderr
    assert checkout.server("postgres") == server
    release(holder)
    gone(checkout)
