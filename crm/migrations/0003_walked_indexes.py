"""Hold in the indexes that lists walk what scope and filters ask."""

from django.contrib.postgres.operations import AddIndexConcurrently, RemoveIndexConcurrently
from django.db import migrations, models

FILTERED = ["restricted", "kind", "segment", "status", "kyc_status"]
WALKED = {
    "crm_customer_book": (["manager", "sort_name", "id"], FILTERED),
    "crm_customer_unit": (["unit", "sort_name", "id"], ["manager", *FILTERED]),
    "crm_customer_names": (["sort_name", "id"], ["manager", "unit", *FILTERED]),
}


class Migration(migrations.Migration):
    atomic = False

    dependencies = [
        ("crm", "0002_initial"),
    ]

    operations = [
        *(
            AddIndexConcurrently("customer", models.Index(fields=fields, include=include, name=name))
            for name, (fields, include) in WALKED.items()
        ),
        RemoveIndexConcurrently("customer", "crm_customer_of_manager"),
        RemoveIndexConcurrently("customer", "crm_customer_of_unit"),
        RemoveIndexConcurrently("customer", "crm_customer_by_name"),
    ]
