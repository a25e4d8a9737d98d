import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """Keep who fetched a token of an integration, in the column that said who may: who answers for it."""

    dependencies = [
        ("identity", "0012_confirmed_sign_ins"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="apitoken",
            name="identity_apitoken_fetched_or_offered",
        ),
        migrations.RunSQL(
            migrations.RunSQL.noop,
            "UPDATE identity_apitoken SET offered_to_id = NULL WHERE digest IS NOT NULL",
        ),
        migrations.SeparateDatabaseAndState(
            # The column and its index stay as they are: the code of yesterday writes them while it runs beside.
            state_operations=[
                migrations.RemoveIndex(model_name="apitoken", name="identity_apitoken_offered"),
                migrations.RenameField(model_name="apitoken", old_name="offered_to", new_name="keeper"),
                migrations.AlterField(
                    model_name="apitoken",
                    name="keeper",
                    field=models.ForeignKey(
                        blank=True,
                        db_column="offered_to_id",
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="kept_api_tokens",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="answered for by",
                    ),
                ),
                migrations.AddIndex(
                    model_name="apitoken",
                    index=models.Index(
                        condition=models.Q(("keeper__isnull", False)),
                        fields=["keeper"],
                        name="identity_apitoken_offered",
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="apitoken",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("digest__isnull", False), ("offered_until", None)),
                    models.Q(
                        ("digest", None),
                        ("keeper__isnull", False),
                        ("kind", "SERVICE"),
                        ("offered_until__isnull", False),
                        ("prefix", ""),
                    ),
                    _connector="OR",
                ),
                name="identity_apitoken_fetched_or_offered",
            ),
        ),
        migrations.AddConstraint(
            model_name="apitoken",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("keeper", None),
                    models.Q(("kind", "SERVICE"), models.Q(("keeper", models.F("user")), _negated=True)),
                    _connector="OR",
                ),
                name="identity_apitoken_kept_by_another",
            ),
        ),
    ]
