"""How a row of each listed model is made."""

from itertools import count

from finpulse.identity.models import Unit, User
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


ROWS = {
    "identity.unit": lambda customer, user: make_unit(),
    "identity.user": lambda customer, user: make_user(),
}
