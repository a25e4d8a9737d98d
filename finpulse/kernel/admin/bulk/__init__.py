"""Verbs on many rows of a list: chosen, confirmed on a page that says what will be done, done by one service."""

from finpulse.kernel.admin.bulk.verb import BulkVerb
from finpulse.kernel.admin.bulk.view import BulkVerbs

__all__ = ["BulkVerb", "BulkVerbs"]
