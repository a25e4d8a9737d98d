"""Rows of the customer module."""

from crm.models.customer import Customer
from crm.models.feed_load import FeedLoad
from crm.models.grants import CustomerGroupObjectPermission, CustomerUserObjectPermission
from crm.models.history import CustomerHistory, HoldingHistory
from crm.models.holding import Holding, HoldingParty
from crm.models.interaction import Interaction
from crm.models.task import Task

__all__ = [
    "Customer",
    "CustomerGroupObjectPermission",
    "CustomerHistory",
    "CustomerUserObjectPermission",
    "FeedLoad",
    "Holding",
    "HoldingHistory",
    "HoldingParty",
    "Interaction",
    "Task",
]
