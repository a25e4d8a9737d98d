"""The customer module's verbs in words."""

WORDS = {
    "crm.customer.edited": "Contact data edited",
    "crm.customer.granted": "Opened to somebody by name",
    "crm.customer.restricted": "Put under the restricted flag",
    "crm.customer.restriction_lifted": "Restricted flag taken off",
    "crm.customer.assigned": "Given a manager",
    "crm.customer.handed_over": "Handed over to another manager",
    "crm.customer.fell_to_pool": "Fell to the unit's pool",
    "crm.customer.grant_ended": "Closed to somebody to whom it was opened by name",
    "crm.cover.customer_named": "Named in a cover",
    "crm.cover.customer_unnamed": "Taken out of a cover",
    "crm.customer.manager_set": "Manager set by the feed",
    "crm.customer.revealed": "Identifier shown whole",
    "crm.feed_difference.kept": "Difference to the feed settled: ours kept",
    "crm.feed_difference.taken": "Difference to the feed settled: the feed's taken",
    "crm.feed.missing_closed": "Holdings that the feed left out closed",
    "crm.unitfigures.rolled_up": "Figures of units added up",
}
