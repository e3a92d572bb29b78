# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Proofs of deletion, and when upkeep ran last."""

from django.db import migrations, models

import amtlich.kernel.ids
from amtlich.platform.database.rls import RETENTION, payload_table, tenant_table


class Migration(migrations.Migration):
    dependencies = [("privacy", "0001_journal")]
    operations = [
        migrations.CreateModel(
            name="Deletion",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        primary_key=True, serialize=False, editable=False, default=amtlich.kernel.ids.new_id
                    ),
                ),
                ("authority_id", models.UUIDField()),
                ("purge", models.CharField(max_length=60)),
                ("rule_of", models.DateField()),
                ("before", models.DateTimeField()),
                ("count", models.PositiveIntegerField()),
                ("at", models.DateTimeField()),
            ],
            options={
                "db_table": "privacy_deletion",
                "indexes": [models.Index(fields=["authority_id", "at"], name="privacy_deletion_by_time")],
            },
        ),
        migrations.CreateModel(
            name="Upkeep",
            fields=[
                ("authority_id", models.UUIDField(primary_key=True, serialize=False)),
                ("began_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                ("complete", models.BooleanField(default=False)),
            ],
            options={"db_table": "privacy_upkeep"},
        ),
        payload_table("privacy_deletion"),
        # What the retention role deletes and the proof of it are one transaction.
        migrations.RunSQL(f"GRANT INSERT ON privacy_deletion TO {RETENTION}", migrations.RunSQL.noop),
        tenant_table("privacy_upkeep"),
    ]
