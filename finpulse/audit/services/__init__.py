"""Writing to the trail, and keeping it as it was written."""

from finpulse.audit.services.looks import look_record
from finpulse.audit.services.protection import trail_protect
from finpulse.audit.services.trail import record, record_many

__all__ = ["look_record", "record", "record_many", "trail_protect"]
