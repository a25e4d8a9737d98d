"""Names of people and firms in the scripts a Prague bank meets."""

from crm.demo.names.locales import LOCALES, OF_NATION, Locale, same_family
from crm.demo.names.organisations import organisation_name

__all__ = ["LOCALES", "OF_NATION", "Locale", "organisation_name", "same_family"]
