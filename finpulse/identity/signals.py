"""News of units, people and their roles, for the apps above to hear."""

from django.dispatch import Signal

# Sent in the transaction of its cause with `unit`: it lies elsewhere in the tree, and so do those below it.
unit_moved = Signal()
# Sent in the transaction of its cause with `user`, `actor` and `reason`: he has no account or no role here any more.
user_left = Signal()

# Sent in the transaction of its cause with `user`, as he is by then, and `actor`: he holds other roles than before.
roles_changed = Signal()
