"""News of the kernel, for the apps above to hear."""

from django.dispatch import Signal

# Sent in the transaction of its cause with `task` and `actor`: a given-up task is to be tried again.
queued_task_retried = Signal()
# Sent in the transaction of the change with `verb` (made, approved, refused, withdrawn, lapsed, applied), `proposal`,
# `actor`, `subject` (the row that it is about, or the proposal itself when that is gone) and `reason`.
proposal_told = Signal()
