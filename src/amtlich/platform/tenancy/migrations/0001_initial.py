# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
import django.contrib.postgres.fields
from django.db import migrations, models

import amtlich.kernel.ids
from amtlich.platform.database.rls import global_table


class Migration(migrations.Migration):
    initial = True

    dependencies = [("database", "0001_schema")]

    operations = [
        migrations.CreateModel(
            name="Authority",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=amtlich.kernel.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("slug", models.SlugField(max_length=40, unique=True)),
                ("name", models.CharField(max_length=120)),
                ("short_name", models.CharField(max_length=80)),
                ("office", models.CharField(max_length=120)),
                ("street", models.CharField(max_length=120)),
                ("city", models.CharField(max_length=120)),
                ("phone", models.CharField(max_length=60)),
                ("hours", models.CharField(max_length=120)),
                ("land", models.CharField(max_length=2)),
                (
                    "hosts",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=253), size=None
                    ),
                ),
                ("enabled", models.BooleanField(default=True)),
                ("register_kind", models.CharField(default="builtin", max_length=10)),
                ("register_url", models.CharField(blank=True, max_length=500)),
            ],
            options={
                "db_table": "tenancy_authority",
            },
        ),
        global_table("tenancy_authority"),
    ]
