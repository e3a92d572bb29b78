# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""What the last run over each authority found."""

from django.db import migrations, models

from amtlich.platform.database.rls import tenant_table


class Migration(migrations.Migration):
    initial = True
    dependencies = [("database", "0001_schema")]
    operations = [
        migrations.CreateModel(
            name="Run",
            fields=[
                ("authority_id", models.UUIDField(primary_key=True, serialize=False)),
                ("began_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                ("rows", models.BigIntegerField(default=0)),
                ("found", models.IntegerField(default=0)),
                ("tampered", models.JSONField(default=list)),
            ],
            options={"db_table": "integrity_run"},
        ),
        tenant_table("integrity_run"),
    ]
