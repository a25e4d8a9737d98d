import django.contrib.postgres.fields
import django.db.models.deletion
import pghistory.utils
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

import finpulse.kernel.history.triggers


class Migration(migrations.Migration):
    dependencies = [
        ("crm", "0003_walked_indexes"),
        ("identity", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="CustomerHistory",
            fields=[
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "pgh_changed",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=63),
                        default=list,
                        help_text="Names of the columns changed.",
                        size=None,
                    ),
                ),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("customer_no", models.CharField(max_length=40, verbose_name="number")),
                ("source", models.CharField(default="core", editable=False, max_length=40)),
                (
                    "kind",
                    models.CharField(choices=[("PERSON", "person"), ("ORGANISATION", "organisation")], max_length=12),
                ),
                ("currency", models.CharField(blank=True, max_length=3)),
                (
                    "segment",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("MASS", "Mass"),
                            ("AFFLUENT", "Affluent"),
                            ("PRIVATE", "Private"),
                            ("SME", "Small business"),
                            ("CORPORATE", "Corporate"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("PROSPECT", "Prospect"),
                            ("ACTIVE", "Active"),
                            ("DORMANT", "Dormant"),
                            ("CLOSED", "Closed"),
                            ("DECEASED", "Deceased"),
                        ],
                        default="ACTIVE",
                        max_length=10,
                    ),
                ),
                (
                    "kyc_status",
                    models.CharField(
                        choices=[
                            ("PENDING", "Due diligence pending"),
                            ("CLEAR", "Due diligence clear"),
                            ("EXPIRED", "Due diligence expired"),
                            ("REFUSED", "Due diligence refused"),
                        ],
                        default="PENDING",
                        max_length=10,
                        verbose_name="due diligence",
                    ),
                ),
                (
                    "kyc_level",
                    models.CharField(
                        blank=True,
                        choices=[("SIMPLIFIED", "Simplified"), ("STANDARD", "Standard"), ("ENHANCED", "Enhanced")],
                        max_length=10,
                    ),
                ),
                ("kyc_review_on", models.DateField(blank=True, null=True)),
                (
                    "aml_risk",
                    models.CharField(
                        blank=True,
                        choices=[("LOW", "Low"), ("MEDIUM", "Medium"), ("HIGH", "High")],
                        max_length=6,
                        verbose_name="AML risk",
                    ),
                ),
                ("pep", models.BooleanField(blank=True, null=True, verbose_name="politically exposed")),
                ("restricted", models.BooleanField(default=False)),
                ("investment_risk_profile", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("credit_rating", models.CharField(blank=True, max_length=20)),
                ("booking_branch", models.CharField(blank=True, max_length=40)),
                ("joined_on", models.DateField(blank=True, null=True)),
                ("closed_on", models.DateField(blank=True, null=True)),
                (
                    "edited_here",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=40),
                        blank=True,
                        default=list,
                        editable=False,
                        help_text="Columns a feed leaves alone.",
                        size=None,
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="HoldingHistory",
            fields=[
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "pgh_changed",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=63),
                        default=list,
                        help_text="Names of the columns changed.",
                        size=None,
                    ),
                ),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("holding_no", models.CharField(max_length=40, verbose_name="number")),
                ("source", models.CharField(default="core", editable=False, max_length=40)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("ACCOUNT", "Account"),
                            ("TERM_DEPOSIT", "Term deposit"),
                            ("LOAN", "Loan"),
                            ("CARD", "Card"),
                            ("INVESTMENT", "Investment"),
                        ],
                        max_length=12,
                    ),
                ),
                ("product_code", models.CharField(blank=True, max_length=80)),
                ("currency", models.CharField(max_length=3)),
                ("credit_limit", models.DecimalField(blank=True, decimal_places=2, max_digits=18, null=True)),
                ("original_amount", models.DecimalField(blank=True, decimal_places=2, max_digits=18, null=True)),
                ("rate", models.DecimalField(blank=True, decimal_places=6, max_digits=9, null=True)),
                (
                    "rate_type",
                    models.CharField(blank=True, choices=[("FIXED", "fixed"), ("VARIABLE", "variable")], max_length=8),
                ),
                ("instalment", models.DecimalField(blank=True, decimal_places=2, max_digits=18, null=True)),
                ("opened_on", models.DateField()),
                ("matures_on", models.DateField(blank=True, null=True)),
                ("closed_on", models.DateField(blank=True, null=True)),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("PENDING", "Pending"),
                            ("ACTIVE", "Active"),
                            ("DORMANT", "Dormant"),
                            ("BLOCKED", "Blocked"),
                            ("MATURED", "Matured"),
                            ("CLOSED", "Closed"),
                            ("WRITTEN_OFF", "Written off"),
                        ],
                        default="ACTIVE",
                        max_length=11,
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="customer",
            trigger=pgtrigger.compiler.Trigger(
                name="keep_update",
                sql=finpulse.kernel.history.triggers.KeptTriggerSql(
                    condition='WHEN (OLD."manager_id" IS DISTINCT FROM NEW."manager_id" OR OLD."unit_id" IS DISTINCT FROM NEW."unit_id" OR OLD."customer_no" IS DISTINCT FROM NEW."customer_no" OR OLD."source" IS DISTINCT FROM NEW."source" OR OLD."kind" IS DISTINCT FROM NEW."kind" OR OLD."currency" IS DISTINCT FROM NEW."currency" OR OLD."segment" IS DISTINCT FROM NEW."segment" OR OLD."status" IS DISTINCT FROM NEW."status" OR OLD."kyc_status" IS DISTINCT FROM NEW."kyc_status" OR OLD."kyc_level" IS DISTINCT FROM NEW."kyc_level" OR OLD."kyc_review_on" IS DISTINCT FROM NEW."kyc_review_on" OR OLD."aml_risk" IS DISTINCT FROM NEW."aml_risk" OR OLD."pep" IS DISTINCT FROM NEW."pep" OR OLD."restricted" IS DISTINCT FROM NEW."restricted" OR OLD."investment_risk_profile" IS DISTINCT FROM NEW."investment_risk_profile" OR OLD."credit_rating" IS DISTINCT FROM NEW."credit_rating" OR OLD."booking_branch" IS DISTINCT FROM NEW."booking_branch" OR OLD."joined_on" IS DISTINCT FROM NEW."joined_on" OR OLD."closed_on" IS DISTINCT FROM NEW."closed_on" OR OLD."edited_here" IS DISTINCT FROM NEW."edited_here" OR OLD."given_name" IS DISTINCT FROM NEW."given_name" OR OLD."family_name" IS DISTINCT FROM NEW."family_name" OR OLD."organisation_name" IS DISTINCT FROM NEW."organisation_name" OR OLD."birth_on" IS DISTINCT FROM NEW."birth_on" OR OLD."gender" IS DISTINCT FROM NEW."gender" OR OLD."national_id_index" IS DISTINCT FROM NEW."national_id_index" OR OLD."tax_id_index" IS DISTINCT FROM NEW."tax_id_index" OR OLD."registration_no" IS DISTINCT FROM NEW."registration_no" OR OLD."email" IS DISTINCT FROM NEW."email" OR OLD."phone" IS DISTINCT FROM NEW."phone" OR OLD."address" IS DISTINCT FROM NEW."address" OR OLD."city" IS DISTINCT FROM NEW."city" OR OLD."region" IS DISTINCT FROM NEW."region" OR OLD."postal_code" IS DISTINCT FROM NEW."postal_code" OR OLD."country" IS DISTINCT FROM NEW."country" OR OLD."nationality" IS DISTINCT FROM NEW."nationality" OR OLD."language" IS DISTINCT FROM NEW."language" OR OLD."occupation" IS DISTINCT FROM NEW."occupation" OR OLD."annual_income" IS DISTINCT FROM NEW."annual_income" OR OLD."annual_turnover" IS DISTINCT FROM NEW."annual_turnover")',
                    func='INSERT INTO "crm_customerhistory" ("manager_id", "unit_id", "customer_no", "source", "kind", "currency", "segment", "status", "kyc_status", "kyc_level", "kyc_review_on", "aml_risk", "pep", "restricted", "investment_risk_profile", "credit_rating", "booking_branch", "joined_on", "closed_on", "edited_here", "pgh_created_at", "pgh_label", "pgh_obj_id", "pgh_changed", "pgh_context") VALUES (OLD."manager_id", OLD."unit_id", OLD."customer_no", OLD."source", OLD."kind", OLD."currency", OLD."segment", OLD."status", OLD."kyc_status", OLD."kyc_level", OLD."kyc_review_on", OLD."aml_risk", OLD."pep", OLD."restricted", OLD."investment_risk_profile", OLD."credit_rating", OLD."booking_branch", OLD."joined_on", OLD."closed_on", OLD."edited_here", now(), \'update\', OLD."id", array_remove(ARRAY[CASE WHEN OLD."manager_id" IS DISTINCT FROM NEW."manager_id" THEN \'manager_id\' END, CASE WHEN OLD."unit_id" IS DISTINCT FROM NEW."unit_id" THEN \'unit_id\' END, CASE WHEN OLD."customer_no" IS DISTINCT FROM NEW."customer_no" THEN \'customer_no\' END, CASE WHEN OLD."source" IS DISTINCT FROM NEW."source" THEN \'source\' END, CASE WHEN OLD."kind" IS DISTINCT FROM NEW."kind" THEN \'kind\' END, CASE WHEN OLD."currency" IS DISTINCT FROM NEW."currency" THEN \'currency\' END, CASE WHEN OLD."segment" IS DISTINCT FROM NEW."segment" THEN \'segment\' END, CASE WHEN OLD."status" IS DISTINCT FROM NEW."status" THEN \'status\' END, CASE WHEN OLD."kyc_status" IS DISTINCT FROM NEW."kyc_status" THEN \'kyc_status\' END, CASE WHEN OLD."kyc_level" IS DISTINCT FROM NEW."kyc_level" THEN \'kyc_level\' END, CASE WHEN OLD."kyc_review_on" IS DISTINCT FROM NEW."kyc_review_on" THEN \'kyc_review_on\' END, CASE WHEN OLD."aml_risk" IS DISTINCT FROM NEW."aml_risk" THEN \'aml_risk\' END, CASE WHEN OLD."pep" IS DISTINCT FROM NEW."pep" THEN \'pep\' END, CASE WHEN OLD."restricted" IS DISTINCT FROM NEW."restricted" THEN \'restricted\' END, CASE WHEN OLD."investment_risk_profile" IS DISTINCT FROM NEW."investment_risk_profile" THEN \'investment_risk_profile\' END, CASE WHEN OLD."credit_rating" IS DISTINCT FROM NEW."credit_rating" THEN \'credit_rating\' END, CASE WHEN OLD."booking_branch" IS DISTINCT FROM NEW."booking_branch" THEN \'booking_branch\' END, CASE WHEN OLD."joined_on" IS DISTINCT FROM NEW."joined_on" THEN \'joined_on\' END, CASE WHEN OLD."closed_on" IS DISTINCT FROM NEW."closed_on" THEN \'closed_on\' END, CASE WHEN OLD."edited_here" IS DISTINCT FROM NEW."edited_here" THEN \'edited_here\' END, CASE WHEN OLD."given_name" IS DISTINCT FROM NEW."given_name" THEN \'given_name\' END, CASE WHEN OLD."family_name" IS DISTINCT FROM NEW."family_name" THEN \'family_name\' END, CASE WHEN OLD."organisation_name" IS DISTINCT FROM NEW."organisation_name" THEN \'organisation_name\' END, CASE WHEN OLD."birth_on" IS DISTINCT FROM NEW."birth_on" THEN \'birth_on\' END, CASE WHEN OLD."gender" IS DISTINCT FROM NEW."gender" THEN \'gender\' END, CASE WHEN OLD."national_id_index" IS DISTINCT FROM NEW."national_id_index" THEN \'national_id\' END, CASE WHEN OLD."tax_id_index" IS DISTINCT FROM NEW."tax_id_index" THEN \'tax_id\' END, CASE WHEN OLD."registration_no" IS DISTINCT FROM NEW."registration_no" THEN \'registration_no\' END, CASE WHEN OLD."email" IS DISTINCT FROM NEW."email" THEN \'email\' END, CASE WHEN OLD."phone" IS DISTINCT FROM NEW."phone" THEN \'phone\' END, CASE WHEN OLD."address" IS DISTINCT FROM NEW."address" THEN \'address\' END, CASE WHEN OLD."city" IS DISTINCT FROM NEW."city" THEN \'city\' END, CASE WHEN OLD."region" IS DISTINCT FROM NEW."region" THEN \'region\' END, CASE WHEN OLD."postal_code" IS DISTINCT FROM NEW."postal_code" THEN \'postal_code\' END, CASE WHEN OLD."country" IS DISTINCT FROM NEW."country" THEN \'country\' END, CASE WHEN OLD."nationality" IS DISTINCT FROM NEW."nationality" THEN \'nationality\' END, CASE WHEN OLD."language" IS DISTINCT FROM NEW."language" THEN \'language\' END, CASE WHEN OLD."occupation" IS DISTINCT FROM NEW."occupation" THEN \'occupation\' END, CASE WHEN OLD."annual_income" IS DISTINCT FROM NEW."annual_income" THEN \'annual_income\' END, CASE WHEN OLD."annual_turnover" IS DISTINCT FROM NEW."annual_turnover" THEN \'annual_turnover\' END]::text[], NULL), COALESCE(NULLIF(current_setting(\'pghistory.context_metadata\', true), \'\')::jsonb, jsonb_build_object(\'actor\', NULL, \'database_user\', session_user))); RETURN NULL;',
                    hash="2d7cc21a5f95e6bcd98dd28477ed7d60a4f79928",
                    operation="UPDATE",
                    pgid="pgtrigger_keep_update_0413e",
                    table="crm_customer",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="customer",
            trigger=pgtrigger.compiler.Trigger(
                name="keep_delete",
                sql=finpulse.kernel.history.triggers.KeptTriggerSql(
                    func='INSERT INTO "crm_customerhistory" ("manager_id", "unit_id", "customer_no", "source", "kind", "currency", "segment", "status", "kyc_status", "kyc_level", "kyc_review_on", "aml_risk", "pep", "restricted", "investment_risk_profile", "credit_rating", "booking_branch", "joined_on", "closed_on", "edited_here", "pgh_created_at", "pgh_label", "pgh_obj_id", "pgh_changed", "pgh_context") VALUES (OLD."manager_id", OLD."unit_id", OLD."customer_no", OLD."source", OLD."kind", OLD."currency", OLD."segment", OLD."status", OLD."kyc_status", OLD."kyc_level", OLD."kyc_review_on", OLD."aml_risk", OLD."pep", OLD."restricted", OLD."investment_risk_profile", OLD."credit_rating", OLD."booking_branch", OLD."joined_on", OLD."closed_on", OLD."edited_here", now(), \'delete\', OLD."id", ARRAY[]::text[], COALESCE(NULLIF(current_setting(\'pghistory.context_metadata\', true), \'\')::jsonb, jsonb_build_object(\'actor\', NULL, \'database_user\', session_user))); RETURN NULL;',
                    hash="3a4bd195c7acd9a92e3dbd027df4c67a69e5958f",
                    operation="DELETE",
                    pgid="pgtrigger_keep_delete_295af",
                    table="crm_customer",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="holding",
            trigger=pgtrigger.compiler.Trigger(
                name="keep_update",
                sql=finpulse.kernel.history.triggers.KeptTriggerSql(
                    condition='WHEN (OLD."customer_id" IS DISTINCT FROM NEW."customer_id" OR OLD."holding_no" IS DISTINCT FROM NEW."holding_no" OR OLD."source" IS DISTINCT FROM NEW."source" OR OLD."kind" IS DISTINCT FROM NEW."kind" OR OLD."product_code" IS DISTINCT FROM NEW."product_code" OR OLD."currency" IS DISTINCT FROM NEW."currency" OR OLD."credit_limit" IS DISTINCT FROM NEW."credit_limit" OR OLD."original_amount" IS DISTINCT FROM NEW."original_amount" OR OLD."rate" IS DISTINCT FROM NEW."rate" OR OLD."rate_type" IS DISTINCT FROM NEW."rate_type" OR OLD."instalment" IS DISTINCT FROM NEW."instalment" OR OLD."opened_on" IS DISTINCT FROM NEW."opened_on" OR OLD."matures_on" IS DISTINCT FROM NEW."matures_on" OR OLD."closed_on" IS DISTINCT FROM NEW."closed_on" OR OLD."status" IS DISTINCT FROM NEW."status" OR OLD."name" IS DISTINCT FROM NEW."name" OR OLD."iban" IS DISTINCT FROM NEW."iban")',
                    func='INSERT INTO "crm_holdinghistory" ("customer_id", "holding_no", "source", "kind", "product_code", "currency", "credit_limit", "original_amount", "rate", "rate_type", "instalment", "opened_on", "matures_on", "closed_on", "status", "pgh_created_at", "pgh_label", "pgh_obj_id", "pgh_changed", "pgh_context") VALUES (OLD."customer_id", OLD."holding_no", OLD."source", OLD."kind", OLD."product_code", OLD."currency", OLD."credit_limit", OLD."original_amount", OLD."rate", OLD."rate_type", OLD."instalment", OLD."opened_on", OLD."matures_on", OLD."closed_on", OLD."status", now(), \'update\', OLD."id", array_remove(ARRAY[CASE WHEN OLD."customer_id" IS DISTINCT FROM NEW."customer_id" THEN \'customer_id\' END, CASE WHEN OLD."holding_no" IS DISTINCT FROM NEW."holding_no" THEN \'holding_no\' END, CASE WHEN OLD."source" IS DISTINCT FROM NEW."source" THEN \'source\' END, CASE WHEN OLD."kind" IS DISTINCT FROM NEW."kind" THEN \'kind\' END, CASE WHEN OLD."product_code" IS DISTINCT FROM NEW."product_code" THEN \'product_code\' END, CASE WHEN OLD."currency" IS DISTINCT FROM NEW."currency" THEN \'currency\' END, CASE WHEN OLD."credit_limit" IS DISTINCT FROM NEW."credit_limit" THEN \'credit_limit\' END, CASE WHEN OLD."original_amount" IS DISTINCT FROM NEW."original_amount" THEN \'original_amount\' END, CASE WHEN OLD."rate" IS DISTINCT FROM NEW."rate" THEN \'rate\' END, CASE WHEN OLD."rate_type" IS DISTINCT FROM NEW."rate_type" THEN \'rate_type\' END, CASE WHEN OLD."instalment" IS DISTINCT FROM NEW."instalment" THEN \'instalment\' END, CASE WHEN OLD."opened_on" IS DISTINCT FROM NEW."opened_on" THEN \'opened_on\' END, CASE WHEN OLD."matures_on" IS DISTINCT FROM NEW."matures_on" THEN \'matures_on\' END, CASE WHEN OLD."closed_on" IS DISTINCT FROM NEW."closed_on" THEN \'closed_on\' END, CASE WHEN OLD."status" IS DISTINCT FROM NEW."status" THEN \'status\' END, CASE WHEN OLD."name" IS DISTINCT FROM NEW."name" THEN \'name\' END, CASE WHEN OLD."iban" IS DISTINCT FROM NEW."iban" THEN \'iban\' END]::text[], NULL), COALESCE(NULLIF(current_setting(\'pghistory.context_metadata\', true), \'\')::jsonb, jsonb_build_object(\'actor\', NULL, \'database_user\', session_user))); RETURN NULL;',
                    hash="da5aba101a98867ab58d960b6ad84e011adc6a78",
                    operation="UPDATE",
                    pgid="pgtrigger_keep_update_59aa6",
                    table="crm_holding",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="holding",
            trigger=pgtrigger.compiler.Trigger(
                name="keep_delete",
                sql=finpulse.kernel.history.triggers.KeptTriggerSql(
                    func='INSERT INTO "crm_holdinghistory" ("customer_id", "holding_no", "source", "kind", "product_code", "currency", "credit_limit", "original_amount", "rate", "rate_type", "instalment", "opened_on", "matures_on", "closed_on", "status", "pgh_created_at", "pgh_label", "pgh_obj_id", "pgh_changed", "pgh_context") VALUES (OLD."customer_id", OLD."holding_no", OLD."source", OLD."kind", OLD."product_code", OLD."currency", OLD."credit_limit", OLD."original_amount", OLD."rate", OLD."rate_type", OLD."instalment", OLD."opened_on", OLD."matures_on", OLD."closed_on", OLD."status", now(), \'delete\', OLD."id", ARRAY[]::text[], COALESCE(NULLIF(current_setting(\'pghistory.context_metadata\', true), \'\')::jsonb, jsonb_build_object(\'actor\', NULL, \'database_user\', session_user))); RETURN NULL;',
                    hash="0a7f979e8509741e58eee4fd385ce7a97d4b252c",
                    operation="DELETE",
                    pgid="pgtrigger_keep_delete_2c1d1",
                    table="crm_holding",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddField(
            model_name="customerhistory",
            name="manager",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="customerhistory",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="crm.customer",
            ),
        ),
        migrations.AddField(
            model_name="customerhistory",
            name="unit",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="identity.unit",
            ),
        ),
        migrations.AddField(
            model_name="holdinghistory",
            name="customer",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="crm.customer",
            ),
        ),
        migrations.AddField(
            model_name="holdinghistory",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="crm.holding",
            ),
        ),
        migrations.AddIndex(
            model_name="customerhistory",
            index=models.Index(fields=["pgh_obj", "-pgh_id"], name="crm_customer_history"),
        ),
        migrations.AddIndex(
            model_name="holdinghistory",
            index=models.Index(fields=["pgh_obj", "-pgh_id"], name="crm_holding_history"),
        ),
    ]
