"""How a row of each listed model is made."""

from finpulse.kernel.models import QueuedTask

ROWS = {"kernel.queuedtask": lambda customer, user: QueuedTask.objects.create(name="kernel.test")}
