# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""What the office's list orders and searches by: the name of a case, and when it is due."""

from django.db import migrations, models

from amtlich.platform.database.rls import tenant_table


class Migration(migrations.Migration):
    dependencies = [("cases", "0003_after_sending")]

    operations = [
        migrations.AddField("case", "due_on", models.DateField(null=True)),
        migrations.AddIndex(
            "case", models.Index(fields=["authority_id", "waiting_on", "due_on", "id"], name="cases_by_due")
        ),
        migrations.AddIndex(
            "case", models.Index(fields=["authority_id", "-received_at", "id"], name="cases_by_receipt")
        ),
        migrations.AddIndex(
            "case", models.Index(fields=["authority_id", "-decided_at", "id"], name="cases_by_decision")
        ),
        migrations.AddIndex(
            "case", models.Index(fields=["authority_id", "reference"], name="cases_by_reference")
        ),
        migrations.AddIndex(
            "case", models.Index(fields=["authority_id", "file_number"], name="cases_by_file_number")
        ),
        migrations.CreateModel(
            name="ListEntry",
            fields=[
                ("case_id", models.UUIDField(primary_key=True, serialize=False)),
                ("authority_id", models.UUIDField()),
                ("name", models.CharField(max_length=200)),
                ("name_key", models.CharField(max_length=240, db_collation="C")),
                ("words", models.CharField(max_length=240, db_collation="C")),
            ],
            options={
                "db_table": "cases_listentry",
                "indexes": [
                    models.Index(fields=["authority_id", "name_key", "case_id"], name="cases_by_name")
                ],
            },
        ),
        tenant_table("cases_listentry"),
    ]
