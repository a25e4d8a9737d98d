"""The verbs of the customer module."""

from crm.services.customers import CustomerEditRefused, CustomerGrantRefused, customer_edit, customer_grant
from crm.services.differences import (
    FeedDifferenceKeepRefused,
    FeedDifferenceTakeRefused,
    difference_keep,
    difference_take,
)
from crm.services.interactions import InteractionLogRefused, NextStep, interaction_log
from crm.services.looking import customer_viewed, portfolio_viewed
from crm.services.many_tasks import tasks_add, tasks_complete, tasks_move
from crm.services.restriction import CustomerSetRestrictedRefused, customer_set_restricted
from crm.services.tasks import TaskAddRefused, TaskCompleteRefused, task_add, task_complete

__all__ = [
    "CustomerEditRefused",
    "CustomerGrantRefused",
    "CustomerSetRestrictedRefused",
    "FeedDifferenceKeepRefused",
    "FeedDifferenceTakeRefused",
    "InteractionLogRefused",
    "NextStep",
    "TaskAddRefused",
    "TaskCompleteRefused",
    "customer_edit",
    "customer_grant",
    "customer_set_restricted",
    "customer_viewed",
    "difference_keep",
    "difference_take",
    "interaction_log",
    "portfolio_viewed",
    "task_add",
    "task_complete",
    "tasks_add",
    "tasks_complete",
    "tasks_move",
]
