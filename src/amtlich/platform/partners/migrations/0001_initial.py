# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Partners of the interface and the hashes of their keys."""

import django.contrib.postgres.fields
from django.db import migrations, models

import amtlich.kernel.ids
from amtlich.platform.database.rls import tenant_table


class Migration(migrations.Migration):
    initial = True

    dependencies = [("database", "0001_schema")]

    operations = [
        migrations.CreateModel(
            name="ApiKey",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=amtlich.kernel.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("authority_id", models.UUIDField()),
                ("partner_id", models.UUIDField(db_index=True)),
                ("prefix", models.CharField(max_length=12, unique=True)),
                ("key_hash", models.CharField(max_length=64)),
                (
                    "scopes",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=20), size=None
                    ),
                ),
                ("created_at", models.DateTimeField()),
                ("created_by", models.CharField(max_length=140)),
                ("expires_at", models.DateTimeField()),
                ("revoked_at", models.DateTimeField(null=True)),
                ("last_used_on", models.DateField(null=True)),
            ],
            options={
                "db_table": "partners_apikey",
            },
        ),
        migrations.CreateModel(
            name="Partner",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=amtlich.kernel.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("authority_id", models.UUIDField()),
                ("slug", models.SlugField(max_length=40)),
                ("name", models.CharField(max_length=120)),
                ("contact", models.CharField(max_length=200)),
                ("created_at", models.DateTimeField()),
            ],
            options={
                "db_table": "partners_partner",
                "constraints": [
                    models.UniqueConstraint(fields=("authority_id", "slug"), name="partners_one_slug")
                ],
            },
        ),
        tenant_table("partners_partner"),
        tenant_table("partners_apikey"),
    ]
