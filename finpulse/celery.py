"""The Celery app: one task, which runs a queued row, and the clock's ticks."""

from __future__ import annotations

import os

from celery import Celery
from kombu import Exchange, Queue

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "finpulse.settings.local")

QUEUES = ("default", "mail")
EXCHANGE = Exchange("crm", type="topic", durable=True)

app = Celery("finpulse")
app.config_from_object("django.conf:settings", namespace="CELERY")
# Keys are flat: with native delayed delivery no key may be a dotted suffix of another.
app.conf.task_queues = [
    Queue(name, EXCHANGE, routing_key=name, durable=True, queue_arguments={"x-queue-type": "quorum"}) for name in QUEUES
]
app.conf.beat_schedule = {
    "scan alerts": {"task": "notifications.scan_alerts", "schedule": 60.0, "options": {"expires": 55}},
}
app.autodiscover_tasks()
