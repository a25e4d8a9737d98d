"""Looking is an event too."""

from crm.models import Customer
from finpulse.audit.services import record
from finpulse.identity.models import User


def customer_viewed(*, customer: Customer, actor: User, surface: str) -> None:
    """Write down who looked at a customer and where ("page", "api"), after scope and before anything is shown."""
    record("crm.customer.viewed", actor=actor, subject=customer, detail={"surface": surface})
