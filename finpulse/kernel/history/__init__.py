"""The history of rows, kept by triggers. This is the only place that knows pghistory and pgtrigger."""

from finpulse.kernel.history.context import acting

__all__ = ["acting"]
