"""Who may do what (role) on which rows (scope)."""

from finpulse.kernel.access.scope import ScopedManager, ScopedQuerySet
from finpulse.kernel.access.verdict import NO, YES, Verdict

__all__ = ["NO", "YES", "ScopedManager", "ScopedQuerySet", "Verdict"]
