"""The console's frame: a scoped ModelAdmin, capped counts, panels, navigation."""

from finpulse.kernel.admin.read_only import ReadOnlyAdmin
from finpulse.kernel.admin.scoped import ScopedInline, ScopedModelAdmin

__all__ = ["ReadOnlyAdmin", "ScopedInline", "ScopedModelAdmin"]
