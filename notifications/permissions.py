"""What each role may do with messages."""

_OWN = ("notifications.view_message", "notifications.change_message")
_OUTBOX = ("notifications.view_outboxentry", "notifications.change_outboxentry")

ROLES = {
    "customer_manager": _OWN,
    "supervisor": _OWN,
    "administrator": (*_OWN, *_OUTBOX),
    "compliance": _OWN,
    "auditor": _OWN,
    "integration": _OWN,
    # What he proposes is decided by others; of customers he is told nothing, since he sees none.
    "system_administrator": (*_OWN, *_OUTBOX),
}
