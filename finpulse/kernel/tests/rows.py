"""How a row of each listed model is made."""

from finpulse.identity.models import User
from finpulse.kernel.models import Proposal, QueuedTask


def make_proposal(customer):
    """Give an open proposal of somebody else's to restrict this customer."""
    proposer, _ = User.objects.get_or_create(username="proposer", first_name="Petra", last_name="Proposer")
    return Proposal.objects.create(
        kind="crm.customer.restrict",
        subject_type="crm.customer",
        subject_id=customer.pk,
        payload={"restricted": True},
        fingerprint="of a row as it was",
        reason="A public figure.",
        proposed_by=proposer,
    )


ROWS = {
    "kernel.queuedtask": lambda customer, user: QueuedTask.objects.create(name="kernel.test"),
    "kernel.proposal": lambda customer, user: make_proposal(customer),
}
