"""Which tables there are: a migration that goes back takes some away before its end is told."""

from django.db import connections
from django.db.models import Model


def have_tables(*models: type[Model], using: str = "default") -> bool:
    """Tell whether each of these models has its table now."""
    names = connections[using].introspection.table_names()
    return all(model._meta.db_table in names for model in models)
