"""The Celery app: one task, which runs a queued row, and the clock's ticks."""

from __future__ import annotations

import os
from typing import Any

from celery import Celery
from celery.signals import task_prerun

from finpulse.kernel.broker import queues

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "finpulse.settings.local")

app = Celery("finpulse")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.conf.task_queues = queues()
# What is due lives in tables: a tick that finds no worker for a minute is worth nothing, the next makes up for it.
app.conf.beat_schedule = {
    "scan alerts": {"task": "notifications.scan_alerts", "schedule": 60.0, "options": {"expires": 55}},
    "ask for unit figures": {"task": "crm.ask_for_unit_figures", "schedule": 60.0, "options": {"expires": 55}},
    "seal the audit trail": {"task": "audit.seal_trail", "schedule": 60.0, "options": {"expires": 55}},
    "end tokens of leavers": {
        "task": "identity.end_tokens_of_leavers",
        "schedule": 60.0,
        "options": {"expires": 55},
    },
    "end sign-ins that are over": {"task": "identity.end_sign_ins", "schedule": 60.0, "options": {"expires": 55}},
    "let customers of leavers go": {
        "task": "crm.let_customers_of_leavers_go",
        "schedule": 60.0,
        "options": {"expires": 55},
    },
    "apply due proposals": {"task": "kernel.apply_due_proposals", "schedule": 60.0, "options": {"expires": 55}},
    "forget old sign-ins": {"task": "identity.forget_sign_ins", "schedule": 3600.0, "options": {"expires": 3500}},
    "make recertification lists": {
        "task": "crm.make_recertifications",
        "schedule": 3600.0,
        "options": {"expires": 1800},
    },
    "thin the balances": {"task": "crm.thin_balances", "schedule": 86400.0, "options": {"expires": 43200}},
}
# A worker waits for its broker as long as it takes.
app.conf.broker_connection_max_retries = None
# Workers make these queues at their start; ours carry no delays, so they need not be quorum queues, 28 at a time.
app.conf.broker_native_delayed_delivery_queue_type = "classic"
app.autodiscover_tasks()


# Celery would close the database after every task: a new session for each costs more than most tasks do.
app.conf.CELERY_DB_REUSE_MAX = 1_000_000


@task_prerun.connect
def keep_a_good_database(**kwargs: Any) -> None:
    """Leave a session that broke, or is as old as settings let it be, before a task meets it."""
    from django.db import close_old_connections

    close_old_connections()
