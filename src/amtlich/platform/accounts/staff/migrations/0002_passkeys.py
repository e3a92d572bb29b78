# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Passkeys of staff, and the questions that they answer."""

from django.db import migrations, models

import amtlich.kernel.ids
from amtlich.platform.database.rls import tenant_table


class Migration(migrations.Migration):
    dependencies = [
        ("staff", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Challenge",
            fields=[
                ("token_hash", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("authority_id", models.UUIDField()),
                ("staff_id", models.UUIDField(null=True)),
                ("challenge", models.CharField(max_length=200)),
                ("expires_at", models.DateTimeField()),
            ],
            options={
                "db_table": "staff_challenge",
            },
        ),
        migrations.CreateModel(
            name="Passkey",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=amtlich.kernel.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("authority_id", models.UUIDField()),
                ("staff_id", models.UUIDField(db_index=True)),
                ("credential_id", models.BinaryField(max_length=1023)),
                ("data", models.BinaryField()),
                ("sign_count", models.BigIntegerField(default=0)),
                ("name", models.CharField(max_length=60)),
                ("created_at", models.DateTimeField()),
                ("last_used_at", models.DateTimeField(null=True)),
                ("blocked_at", models.DateTimeField(null=True)),
            ],
            options={
                "db_table": "staff_passkey",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("authority_id", "credential_id"), name="staff_one_credential"
                    )
                ],
            },
        ),
        tenant_table("staff_passkey"),
        tenant_table("staff_challenge"),
    ]
