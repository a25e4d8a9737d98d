"""The verbs of the customer module."""

from crm.services.assigning import (
    CapacitySetRefused,
    CustomerAssignRefused,
    capacity_set,
    customer_assign,
    customers_assign,
)
from crm.services.charge import ManagerIsFull
from crm.services.covers import CoverNameRefused, CoverUnnameRefused, cover_name, cover_unname
from crm.services.customers import (
    CustomerEditedMeanwhile,
    CustomerEditRefused,
    customer_edit,
)
from crm.services.differences import (
    FeedDifferenceKeepRefused,
    FeedDifferenceTakeRefused,
    difference_keep,
    difference_take,
)
from crm.services.grants import (
    CustomerGrantEndRefused,
    CustomerGrantRefused,
    CustomerGrantStands,
    customer_grant,
    customer_grant_end,
    grants_end_beyond_roles,
)
from crm.services.handovers import HandoverRefused, handover_carry_out, handover_propose
from crm.services.interactions import InteractionLogRefused, NextStep, interaction_log
from crm.services.looking import customer_viewed, portfolio_viewed
from crm.services.many_tasks import tasks_add, tasks_complete, tasks_move
from crm.services.restriction import CustomerSetRestrictedRefused, customer_set_restricted
from crm.services.reveal import IdentifierRevealRefused, identifier_reveal
from crm.services.tasks import TaskAddRefused, TaskCompleteRefused, task_add, task_complete

__all__ = [
    "CapacitySetRefused",
    "CoverNameRefused",
    "CoverUnnameRefused",
    "CustomerAssignRefused",
    "CustomerEditRefused",
    "CustomerEditedMeanwhile",
    "CustomerGrantEndRefused",
    "CustomerGrantRefused",
    "CustomerGrantStands",
    "CustomerSetRestrictedRefused",
    "FeedDifferenceKeepRefused",
    "FeedDifferenceTakeRefused",
    "HandoverRefused",
    "IdentifierRevealRefused",
    "InteractionLogRefused",
    "ManagerIsFull",
    "NextStep",
    "TaskAddRefused",
    "TaskCompleteRefused",
    "capacity_set",
    "cover_name",
    "cover_unname",
    "customer_assign",
    "customer_edit",
    "customer_grant",
    "customer_grant_end",
    "customer_set_restricted",
    "customer_viewed",
    "customers_assign",
    "difference_keep",
    "difference_take",
    "grants_end_beyond_roles",
    "handover_carry_out",
    "handover_propose",
    "identifier_reveal",
    "interaction_log",
    "portfolio_viewed",
    "task_add",
    "task_complete",
    "tasks_add",
    "tasks_complete",
    "tasks_move",
]
