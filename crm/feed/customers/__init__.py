"""What only customers need on their way: identifiers, names to search by, managers, columns edited here."""

from crm.feed.customers.loader import CustomerLoader
from crm.feed.customers.tables import CUSTOMER_KEYS

__all__ = ["CUSTOMER_KEYS", "CustomerLoader"]
