# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""The built-in resident register. The running programs add residents and read them, no more."""

from django.db import migrations, models

from amtlich.platform.database.rls import append_only_table


class Migration(migrations.Migration):
    initial = True
    dependencies = [("database", "0001_schema"), ("tenancy", "0001_initial")]
    operations = [
        migrations.CreateModel(
            name="Resident",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False, editable=False)),
                ("authority_id", models.UUIDField()),
                ("record", models.JSONField()),
                ("status", models.CharField(max_length=12)),
                ("blocked", models.BooleanField(default=False)),
                ("match_family", models.TextField()),
                ("match_given", models.TextField()),
                ("match_birth", models.CharField(max_length=10)),
                ("match_place", models.TextField()),
            ],
            options={
                "db_table": "registers_resident",
                "indexes": [
                    models.Index(
                        fields=["authority_id", "match_family", "match_birth"],
                        name="registers_resident_match",
                    )
                ],
            },
        ),
        append_only_table("registers_resident"),
    ]
