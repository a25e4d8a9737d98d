"""News of the kernel, for the apps above to hear."""

from django.dispatch import Signal

# Sent in the transaction of its cause with `task` and `actor`: a given-up task is to be tried again.
queued_task_retried = Signal()
