"""Find whether a handover takes customers from somebody."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False

    dependencies = [
        ("crm", "0013_recertification"),
    ]

    operations = [
        AddIndexConcurrently(
            "handovercustomer", models.Index(fields=["from_manager", "handover"], name="crm_handover_gives")
        ),
    ]
