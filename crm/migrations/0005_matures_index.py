"""Find what matures in a span of days whatever became of it, and hold its status beside."""

from django.contrib.postgres.operations import AddIndexConcurrently, RemoveIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False

    dependencies = [
        ("crm", "0004_history"),
    ]

    operations = [
        AddIndexConcurrently(
            "holding",
            models.Index(
                fields=["matures_on", "id"],
                include=["status"],
                condition=models.Q(matures_on__isnull=False),
                name="crm_holding_matures",
            ),
        ),
        RemoveIndexConcurrently("holding", "crm_holding_maturing"),
    ]
