"""Rows of the customer module."""

from crm.models.assignment import Assignment, Capacity
from crm.models.balance import Balance
from crm.models.cover_customer import CoverCustomer
from crm.models.customer import Customer
from crm.models.exchange_rate import ExchangeRate
from crm.models.feed_difference import FeedDifference
from crm.models.feed_load import FeedLoad
from crm.models.grants import CustomerGroupObjectPermission, CustomerUserObjectPermission
from crm.models.handover import Handover, HandoverCustomer
from crm.models.history import CustomerHistory, HoldingHistory
from crm.models.holding import Holding, HoldingParty
from crm.models.interaction import Interaction
from crm.models.position import Position
from crm.models.recertification import Recertification, RecertificationItem
from crm.models.relationship import Relationship
from crm.models.reveal import IdentifierReveal
from crm.models.task import Task
from crm.models.unit_figures import UnitFigures

__all__ = [
    "Assignment",
    "Balance",
    "Capacity",
    "CoverCustomer",
    "Customer",
    "CustomerGroupObjectPermission",
    "CustomerHistory",
    "CustomerUserObjectPermission",
    "ExchangeRate",
    "FeedDifference",
    "FeedLoad",
    "Handover",
    "HandoverCustomer",
    "Holding",
    "HoldingHistory",
    "HoldingParty",
    "IdentifierReveal",
    "Interaction",
    "Position",
    "Recertification",
    "RecertificationItem",
    "Relationship",
    "Task",
    "UnitFigures",
]
