from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False

    dependencies = [
        ("kernel", "0001_initial"),
    ]

    operations = [
        AddIndexConcurrently(
            model_name="queuedtask",
            index=models.Index(condition=models.Q(("state", "DEAD")), fields=["finished_at"], name="kernel_queue_dead"),
        ),
    ]
