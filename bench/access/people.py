"""Those who ask: a manager, a supervisor of 50,000 customers, an administrator, a script with 20 grants."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction
from django.db.models import Count

from crm.models import Customer
from crm.services.grants import customer_grant
from finpulse.identity.models import Unit, User
from finpulse.identity.services import unit_place, user_set_roles

SUPERVISED, GRANTS = 50_000, 20
REASON = "the measurement"


@contextmanager
def standing_in() -> Iterator[dict[str, User]]:
    """Give who asks, by what he is; the supervisor's region and the script's grants last as long as the block."""
    with transaction.atomic():
        supervisor, script = _supervisor(), _script()
        names = {
            "manager": "alice",
            "supervisor": supervisor,
            "administrator": "erin",
            f"script, {GRANTS} grants": script,
            "compliance": "grace",
        }
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE identity_unit")
        yield {label: User.objects.with_access().get(username=name) for label, name in names.items()}
        transaction.set_rollback(True)


def _supervisor() -> str:
    """Make a region of branches that manage so many customers together, and its supervisor."""
    region, _ = unit_place(code="BENCH", name="Measured", kind="REGION", parent=None, actor=None)
    held = 0
    counted = Customer.objects.exclude(unit=None).values_list("unit").annotate(number=Count("pk"))
    for unit_id, number in counted.order_by("number"):
        if held >= SUPERVISED:
            break
        Unit.objects.filter(pk=unit_id).update(parent=region, path=f"{region.path}{unit_id}/")
        held += number
    user = User.objects.create_user("bench-supervisor", unit=region)
    user_set_roles(user=user, names={"supervisor"}, actor=None, reason=REASON)
    return str(user.username)


def _script() -> str:
    user = User.objects.create_user("bench-script")
    user_set_roles(user=user, names={"integration"}, actor=None, reason=REASON)
    grace = User.objects.with_access().get(username="grace")
    for customer in Customer.objects.filter(restricted=False).order_by("-pk")[:GRANTS]:
        customer_grant(customer_id=customer.pk, to_user=user, actor=grace, reason=REASON)
    return str(user.username)
