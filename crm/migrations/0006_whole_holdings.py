"""Amounts as fine as any currency; positions, balances by day, exchange rates, relationships, differences, figures."""

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

AMOUNTS = {
    "crm_holding": ("available", "balance", "credit_limit", "instalment", "original_amount", "overdue_amount"),
    "crm_holdinghistory": ("credit_limit", "instalment", "original_amount"),
    "crm_holdingparty": ("amount",),
}
TRIGGERS = """
SELECT quote_ident(tgname), pg_get_triggerdef(oid), obj_description(oid, 'pg_trigger')
FROM pg_trigger WHERE tgrelid = %s::regclass AND NOT tgisinternal
"""


def _retype(cursor, table, kind):
    """Rewrite a table once for all its columns; a trigger that looks at one is put back as it was."""
    cursor.execute(TRIGGERS, [table])
    triggers = cursor.fetchall()
    for name, _, _ in triggers:
        cursor.execute(f"DROP TRIGGER {name} ON {table}")
    columns = ", ".join(f"ALTER COLUMN {column} TYPE {kind}" for column in AMOUNTS[table])
    cursor.execute(f"ALTER TABLE {table} {columns}")
    for name, definition, comment in triggers:
        cursor.execute(definition)
        cursor.execute(f"COMMENT ON TRIGGER {name} ON {table} IS %s", [comment])


def widen(apps, schema_editor):
    """Keep four decimal places."""
    with schema_editor.connection.cursor() as cursor:
        for table in AMOUNTS:
            _retype(cursor, table, "numeric(20, 4)")


def narrow(apps, schema_editor):
    """Keep two, as before."""
    with schema_editor.connection.cursor() as cursor:
        for table in AMOUNTS:
            _retype(cursor, table, "numeric(18, 2)")


class Migration(migrations.Migration):
    dependencies = [
        ("crm", "0005_matures_index"),
        ("identity", "0001_initial"),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunPython(widen, narrow)],
            state_operations=[
                migrations.AlterField(
                    model_name="holding",
                    name="available",
                    field=models.DecimalField(blank=True, decimal_places=4, max_digits=20, null=True),
                ),
                migrations.AlterField(
                    model_name="holding",
                    name="balance",
                    field=models.DecimalField(blank=True, decimal_places=4, max_digits=20, null=True),
                ),
                migrations.AlterField(
                    model_name="holding",
                    name="credit_limit",
                    field=models.DecimalField(blank=True, decimal_places=4, max_digits=20, null=True),
                ),
                migrations.AlterField(
                    model_name="holding",
                    name="instalment",
                    field=models.DecimalField(blank=True, decimal_places=4, max_digits=20, null=True),
                ),
                migrations.AlterField(
                    model_name="holding",
                    name="original_amount",
                    field=models.DecimalField(blank=True, decimal_places=4, max_digits=20, null=True),
                ),
                migrations.AlterField(
                    model_name="holding",
                    name="overdue_amount",
                    field=models.DecimalField(blank=True, decimal_places=4, max_digits=20, null=True),
                ),
                migrations.AlterField(
                    model_name="holdinghistory",
                    name="credit_limit",
                    field=models.DecimalField(blank=True, decimal_places=4, max_digits=20, null=True),
                ),
                migrations.AlterField(
                    model_name="holdinghistory",
                    name="instalment",
                    field=models.DecimalField(blank=True, decimal_places=4, max_digits=20, null=True),
                ),
                migrations.AlterField(
                    model_name="holdinghistory",
                    name="original_amount",
                    field=models.DecimalField(blank=True, decimal_places=4, max_digits=20, null=True),
                ),
                migrations.AlterField(
                    model_name="holdingparty",
                    name="amount",
                    field=models.DecimalField(blank=True, decimal_places=4, max_digits=20, null=True),
                ),
            ],
        ),
        migrations.AddField(
            model_name="feedload",
            name="alive_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="feedload",
            name="progress",
            field=models.JSONField(blank=True, default=dict),
        ),
        migrations.AddField(
            model_name="feedload",
            name="stopped",
            field=models.CharField(blank=True, max_length=500),
        ),
        migrations.CreateModel(
            name="Balance",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "holding_id", "as_of", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("as_of", models.DateField()),
                ("balance", models.DecimalField(decimal_places=4, max_digits=20)),
                (
                    "holding",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="balances",
                        to="crm.holding",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ExchangeRate",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("currency", models.CharField(max_length=3)),
                ("base", models.CharField(max_length=3)),
                ("as_of", models.DateField()),
                ("rate", models.DecimalField(decimal_places=10, max_digits=20)),
                ("source", models.CharField(default="core", editable=False, max_length=40)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("base", "currency", "as_of"), name="crm_exchangerate_once"),
                    models.CheckConstraint(condition=models.Q(("rate__gt", 0)), name="crm_exchangerate_above_zero"),
                    models.CheckConstraint(
                        condition=models.Q(("currency", models.F("base")), _negated=True),
                        name="crm_exchangerate_of_two",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="FeedDifference",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("column", models.CharField(max_length=40)),
                ("theirs", models.TextField(blank=True)),
                ("told_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "customer",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="feed_differences",
                        to="crm.customer",
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("customer", "column"), name="crm_feeddifference_once")],
            },
        ),
        migrations.CreateModel(
            name="Position",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("isin", models.CharField(max_length=12, verbose_name="ISIN")),
                ("name", models.CharField(blank=True, max_length=160)),
                ("quantity", models.DecimalField(decimal_places=8, max_digits=24)),
                ("price", models.DecimalField(blank=True, decimal_places=6, max_digits=20, null=True)),
                ("price_currency", models.CharField(blank=True, max_length=3)),
                ("price_on", models.DateField(blank=True, null=True)),
                (
                    "holding",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="positions",
                        to="crm.holding",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("holding", "isin"), name="crm_position_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("price__isnull", True), models.Q(("price_currency", ""), _negated=True), _connector="OR"
                        ),
                        name="crm_position_price_has_currency",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Relationship",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("SPOUSE", "spouse of"),
                            ("PARENT_OF", "parent of"),
                            ("PARENT_COMPANY_OF", "parent company of"),
                            ("DIRECTOR_OF", "director of"),
                            ("SHAREHOLDER_OF", "shareholder of"),
                            ("BENEFICIAL_OWNER_OF", "beneficial owner of"),
                            ("SIGNATORY_OF", "signatory of"),
                            ("LEGAL_GUARDIAN_OF", "legal guardian of"),
                            ("ATTORNEY_OF", "attorney of"),
                            ("PARTNER", "partner of"),
                            ("OTHER", "connected with"),
                        ],
                        max_length=20,
                    ),
                ),
                ("share", models.DecimalField(blank=True, decimal_places=6, max_digits=7, null=True)),
                ("since_on", models.DateField(blank=True, null=True)),
                ("until_on", models.DateField(blank=True, null=True)),
                ("source", models.CharField(default="core", editable=False, max_length=40)),
                (
                    "customer",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="relationships",
                        to="crm.customer",
                    ),
                ),
                (
                    "related",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="relationships_to",
                        to="crm.customer",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        fields=["related"],
                        include=("customer", "kind", "since_on", "until_on"),
                        name="crm_relationship_to",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("customer", "related", "kind"), name="crm_relationship_once"),
                    models.CheckConstraint(
                        condition=models.Q(("customer", models.F("related")), _negated=True),
                        name="crm_relationship_of_two",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("share__isnull", True), ("share__range", (0, 1)), _connector="OR"),
                        name="crm_relationship_share_is_fraction",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("until_on__isnull", True),
                            ("since_on__isnull", True),
                            ("until_on__gt", models.F("since_on")),
                            _connector="OR",
                        ),
                        name="crm_relationship_ends_after_start",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="UnitFigures",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("as_of", models.DateField()),
                ("currency", models.CharField(max_length=3)),
                ("holdings", models.PositiveIntegerField(default=0)),
                ("not_known", models.PositiveIntegerField(default=0, help_text="Holdings without a known balance.")),
                ("deposits", models.DecimalField(blank=True, decimal_places=4, default=0, max_digits=20)),
                ("investments", models.DecimalField(blank=True, decimal_places=4, default=0, max_digits=20)),
                ("lending_drawn", models.DecimalField(blank=True, decimal_places=4, default=0, max_digits=20)),
                ("undrawn", models.DecimalField(blank=True, decimal_places=4, default=0, max_digits=20)),
                ("guarantees", models.DecimalField(blank=True, decimal_places=4, default=0, max_digits=20)),
                (
                    "unit",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="figures",
                        to="identity.unit",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "unit figures",
                "constraints": [
                    models.UniqueConstraint(fields=("unit", "as_of", "currency"), name="crm_unitfigures_once")
                ],
            },
        ),
    ]
