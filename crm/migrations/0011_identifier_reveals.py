import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """Who was shown which identifier, and the permission to ask for it."""

    dependencies = [
        ("crm", "0010_pools"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterModelOptions(
            name="customer",
            options={"permissions": [("reveal_customer", "Can have identifiers of customers shown whole")]},
        ),
        migrations.CreateModel(
            name="IdentifierReveal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "identifier",
                    models.CharField(choices=[("NATIONAL_ID", "National id"), ("TAX_ID", "Tax id")], max_length=12),
                ),
                ("reason", models.CharField(max_length=300)),
                ("revealed_at", models.DateTimeField()),
                ("until_at", models.DateTimeField()),
                ("is_bulk", models.BooleanField(default=False)),
                (
                    "customer",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="crm.customer"
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["user", "-revealed_at"], name="crm_reveal_of_user"),
                    models.Index(fields=["customer", "user", "-until_at"], name="crm_reveal_running"),
                    models.Index(
                        condition=models.Q(("is_bulk", True)), fields=["-revealed_at"], name="crm_reveal_bulk"
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("until_at__gt", models.F("revealed_at"))), name="crm_reveal_ends"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True), name="crm_reveal_has_reason"
                    ),
                ],
            },
        ),
    ]
