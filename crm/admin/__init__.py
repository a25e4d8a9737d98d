"""The customer module in the console."""

from crm.admin.customer import CustomerAdmin
from crm.admin.feed_difference import FeedDifferenceAdmin
from crm.admin.feed_load import FeedLoadAdmin
from crm.admin.holding import HoldingAdmin
from crm.admin.interaction import InteractionAdmin
from crm.admin.task import TaskAdmin

__all__ = ["CustomerAdmin", "FeedDifferenceAdmin", "FeedLoadAdmin", "HoldingAdmin", "InteractionAdmin", "TaskAdmin"]
