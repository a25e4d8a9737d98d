"""How a row of each listed model is made."""

from datetime import timedelta
from itertools import count

from django.utils import timezone

from finpulse.identity.models import Cover, Unit, User
from finpulse.identity.services import unit_place

numbers = count()


def make_unit():
    """Give a desk under the first unit there is."""
    number = next(numbers)
    parent = Unit.objects.order_by("pk").first()
    unit, _ = unit_place(code=f"DESK{number}", name=f"Desk {number}", kind="DESK", parent=parent, actor=None)
    return unit


def make_user():
    """Give a colleague with a unit of his own."""
    return User.objects.create_user(f"colleague{next(numbers)}", unit=make_unit(), last_name="Colleague")


def make_cover():
    """Give a cover between two strangers that runs now."""
    now, covered = timezone.now(), make_user()
    facts = {"reason": "a test", "given_by": covered, "starts_at": now, "ends_at": now + timedelta(days=1)}
    return Cover.objects.create(covered=covered, coverer=make_user(), **facts)


ROWS = {
    "identity.cover": lambda customer, user: make_cover(),
    "identity.unit": lambda customer, user: make_unit(),
    "identity.user": lambda customer, user: make_user(),
}
