from django.contrib.postgres.fields import ArrayField
from django.db import migrations, models
from django.db.models import F, Q


class Migration(migrations.Migration):
    """Seals that chain the events of the trail."""

    dependencies = [("audit", "0003_searches_found_again")]

    operations = [
        migrations.CreateModel(
            name="AuditSeal",
            fields=[
                ("sequence", models.PositiveBigIntegerField(primary_key=True, serialize=False)),
                ("event_ids", ArrayField(base_field=models.BigIntegerField(), size=None)),
                ("digests", models.BinaryField()),
                (
                    "form",
                    models.PositiveSmallIntegerField(help_text="Which canonical form of an event the digests are of."),
                ),
                ("last_id", models.BigIntegerField(db_index=True)),
                ("horizon", models.BigIntegerField()),
                ("ceiling", models.BigIntegerField()),
                ("ceiling_xmax", models.BigIntegerField()),
                ("previous_mac", models.CharField(blank=True, max_length=64)),
                ("mac", models.CharField(max_length=64)),
                ("key_id", models.CharField(max_length=40)),
                ("sealed_at", models.DateTimeField()),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(condition=Q(sequence__gte=1), name="audit_seal_counts_from_one"),
                    models.CheckConstraint(
                        condition=Q(horizon__lte=F("ceiling")), name="audit_seal_horizon_was_reached"
                    ),
                ],
            },
        ),
    ]
