"""To whom nothing may be suggested."""

from crm.models import Customer
from finpulse.kernel.access import NO, YES, Verdict

_STOPPED = {
    Customer.Status.DECEASED: "This customer has died: nothing is suggested.",
    Customer.Status.CLOSED: "The relationship has ended: nothing is suggested until this customer comes back.",
}


def may_advise(customer: Customer) -> Verdict:
    """Life flags stop advice (domain.md): a customer who died or left."""
    reason = _STOPPED.get(Customer.Status(customer.status))
    return NO(reason) if reason else YES
