"""Looking is an event too."""

from crm.models import Customer
from crm.selectors.portfolio import Portfolio
from finpulse.audit.services import record
from finpulse.identity.models import User


def customer_viewed(*, customer: Customer, actor: User, surface: str) -> None:
    """Write down who looked at a customer and where ("page", "api"), after scope and before anything is shown."""
    record("crm.customer.viewed", actor=actor, subject=customer, detail={"surface": surface})


def portfolio_viewed(*, portfolio: Portfolio, actor: User, surface: str) -> None:
    """Write down whose figures were looked at and where, before they are shown."""
    of = {"unit": portfolio.unit, "manager": portfolio.manager}
    keys = {name: row.pk for name, row in of.items() if row is not None}
    record("crm.portfolio.viewed", actor=actor, detail={"surface": surface} | keys)
