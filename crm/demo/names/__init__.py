"""Names of people and firms in the scripts a Prague bank meets."""

from crm.demo.names.locales import LOCALES, Locale
from crm.demo.names.organisations import organisation_name

__all__ = ["LOCALES", "Locale", "organisation_name"]
