"""Writing to the trail, and keeping it as it was written."""

from finpulse.audit.services.looks import look_record
from finpulse.audit.services.protection import append_only_protect
from finpulse.audit.services.seal import TrailSealRefused, trail_seal
from finpulse.audit.services.trail import record, record_many

__all__ = ["TrailSealRefused", "append_only_protect", "look_record", "record", "record_many", "trail_seal"]
