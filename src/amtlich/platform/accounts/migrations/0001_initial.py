# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
from django.db import migrations, models

import amtlich.kernel.ids
from amtlich.platform.database.rls import global_table, tenant_table


class Migration(migrations.Migration):
    initial = True

    dependencies = [("database", "0001_schema")]

    operations = [
        migrations.CreateModel(
            name="Session",
            fields=[
                (
                    "session_key",
                    models.CharField(
                        max_length=40, primary_key=True, serialize=False, verbose_name="session key"
                    ),
                ),
                ("session_data", models.TextField(verbose_name="session data")),
                ("expire_date", models.DateTimeField(db_index=True, verbose_name="expire date")),
                ("account_id", models.UUIDField(db_index=True, null=True)),
                ("holder_id", models.UUIDField(null=True)),
            ],
            options={
                "db_table": "accounts_session",
            },
        ),
        migrations.CreateModel(
            name="Account",
            fields=[
                ("password", models.CharField(max_length=128, verbose_name="password")),
                ("last_login", models.DateTimeField(blank=True, null=True, verbose_name="last login")),
                (
                    "id",
                    models.UUIDField(
                        default=amtlich.kernel.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("authority_id", models.UUIDField(db_index=True)),
                ("username", models.CharField(max_length=150)),
                ("display_name", models.CharField(max_length=200)),
                ("kind", models.CharField(default="citizen", max_length=10)),
                ("identity", models.JSONField(null=True)),
                ("is_active", models.BooleanField(default=True)),
            ],
            options={
                "db_table": "accounts_account",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("authority_id", "username"), name="accounts_username_in_authority"
                    )
                ],
            },
        ),
        tenant_table("accounts_account"),
        global_table("accounts_session", app="SELECT, INSERT, UPDATE, DELETE"),
    ]
