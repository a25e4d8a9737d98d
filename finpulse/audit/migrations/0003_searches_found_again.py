from django.contrib.postgres.indexes import GinIndex, OpClass
from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations
from django.db.models import Q
from django.db.models.fields.json import KeyTransform


class Migration(migrations.Migration):
    """Find again who searched for these words."""

    atomic = False
    dependencies = [("audit", "0002_initial")]

    operations = [
        AddIndexConcurrently(
            model_name="auditevent",
            index=GinIndex(
                OpClass(KeyTransform("words", KeyTransform("search", "detail")), "jsonb_path_ops"),
                condition=Q(("detail__has_key", "search")),
                name="audit_event_search",
            ),
        ),
    ]
