"""Remember how a difference to the feed was settled, so that it waits anew only when the feed says something else."""

import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("crm", "0006_whole_holdings"),
    ]

    operations = [
        migrations.AlterModelOptions(
            name="feeddifference",
            options={
                "verbose_name": "difference to the bank's feed",
                "verbose_name_plural": "differences to the bank's feed",
            },
        ),
        migrations.AddField(
            model_name="feeddifference",
            name="settled",
            field=models.CharField(
                blank=True,
                choices=[("KEPT", "kept as edited here"), ("TAKEN", "the bank's value taken")],
                default="",
                max_length=5,
            ),
        ),
        migrations.AddField(
            model_name="feeddifference",
            name="settled_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AlterField(
            model_name="feeddifference",
            name="theirs",
            field=models.TextField(blank=True, verbose_name="value of the bank"),
        ),
        migrations.AlterField(
            model_name="feeddifference",
            name="told_at",
            field=models.DateTimeField(default=django.utils.timezone.now, verbose_name="told"),
        ),
    ]
