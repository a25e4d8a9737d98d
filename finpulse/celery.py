"""The Celery app: one task, which runs a queued row, and the clock's ticks."""

from __future__ import annotations

import os

from celery import Celery

from finpulse.kernel.broker import queues

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "finpulse.settings.local")

app = Celery("finpulse")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.conf.task_queues = queues()
# What is due lives in tables: a tick that finds no worker for a minute is worth nothing, the next makes up for it.
app.conf.beat_schedule = {
    "scan alerts": {"task": "notifications.scan_alerts", "schedule": 60.0, "options": {"expires": 55}},
    "seal the audit trail": {"task": "audit.seal_trail", "schedule": 60.0, "options": {"expires": 55}},
}
# A worker waits for its broker as long as it takes.
app.conf.broker_connection_max_retries = None
# Workers make these queues at their start; ours carry no delays, so they need not be quorum queues, 28 at a time.
app.conf.broker_native_delayed_delivery_queue_type = "classic"
app.autodiscover_tasks()
